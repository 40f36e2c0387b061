using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Draws explanations: <c>why.SavePng("why.png")</c>.</summary>
public static class ExplanationFigures
{
    /// <summary>The spectrogram, the same lit where the tenth of the cells lies that matters most and dimmed elsewhere, and the map: with
    /// axes in seconds and hertz, a colour bar each, and a title.</summary>
    /// <param name="explanation">What to draw.</param>
    /// <param name="title">The figure's title; by default the prediction.</param>
    /// <exception cref="InvalidOperationException">It is not known what the axes of the model's input mean.</exception>
    public static ClipFigure ToFigure(this Explanation explanation, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        Prediction prediction = explanation.Prediction;
        string[] origin = explanation.Origin.Split(' ', 2);
        return new ClipFigure
        {
            Title = title ?? string.Create(CultureInfo.InvariantCulture, $"{prediction.Label} ({prediction.Value:0.000})"),
            Spectrogram = explanation.Spectrogram(),
            SpectrogramUnit = explanation.SpectrogramUnit,
            Lit = explanation.ImportantCells(),
            Maps = [new FigureMap($"{origin[0]} for {explanation.Target.Label}", explanation.Map, origin.ElementAtOrDefault(1))],
            Axes = explanation.Axes,
        };
    }

    /// <summary>Writes the figure as an SVG file.</summary>
    /// <param name="explanation">What to draw.</param>
    /// <param name="path">The file; it is written beside its place and moved there.</param>
    /// <param name="title">The figure's title; by default the prediction.</param>
    /// <param name="theme">The background. Default: as the viewer prefers.</param>
    public static void SaveSvg(
        this Explanation explanation, string path, string? title = null, FigureTheme theme = FigureTheme.Automatic)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        explanation.ToFigure(title).SaveSvg(path, theme);
    }

    /// <summary>Writes the figure as a PNG file.</summary>
    /// <param name="explanation">What to draw.</param>
    /// <param name="path">The file; it is written beside its place and moved there.</param>
    /// <param name="title">The figure's title; by default the prediction.</param>
    public static void SavePng(this Explanation explanation, string path, string? title = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        explanation.ToFigure(title).SavePng(path);
    }
}
