namespace AudioEmotionXai.Reporting;

/// <summary>
/// The side-by-side figure of one clip: its spectrogram and a panel per method, with axes in seconds and hertz and a colour bar each.
/// </summary>
/// <remarks>
/// A map with a negative cell is drawn blue to orange around zero, one without from zero up. Where a few extreme cells would hide the rest,
/// the scale ends where 99.5 % of the magnitudes lie inside; the share of cells beyond it stands over the panel, and an arrow on the colour
/// bar.
/// </remarks>
public sealed record ClipFigure
{
    /// <summary>The clip's name and what the model said of it.</summary>
    public required string Title { get; init; }

    /// <summary>The model's input.</summary>
    public required TimeFrequencyMap Spectrogram { get; init; }

    /// <summary>What the spectrogram's values are. Default: z-score.</summary>
    public string SpectrogramUnit { get; init; } = "z-score";

    /// <summary>The methods' maps, in the order in which they are drawn.</summary>
    public IReadOnlyList<FigureMap> Maps { get; init; } = [];

    /// <summary>What rows and columns mean; null numbers them.</summary>
    public TimeFrequencyAxes? Axes { get; init; }

    /// <summary>The most panels side by side. Default 3.</summary>
    public int Columns { get; init; } = 3;

    /// <summary>The figure as the text of an SVG file, pictures inside.</summary>
    /// <param name="theme">The background. Default: as the viewer prefers.</param>
    public string ToSvg(FigureTheme theme = FigureTheme.Automatic) => Draw().ToFile(theme);

    /// <summary>The panels' pictures side by side, without text, as the bytes of a PNG file.</summary>
    public byte[] ToPng()
    {
        List<(TimeFrequencyMap Map, ColorScale Scale)> panels = [(Spectrogram, ColorScale.ForSpectrogram(Spectrogram))];
        foreach (FigureMap map in Maps)
            panels.Add((map.Map, ColorScale.ForRelevance(map.Map)));
        return MapPicture.ToStrip(panels);
    }

    /// <summary>Writes <see cref="ToSvg"/> into a file, whole or not at all.</summary>
    /// <param name="path">The file; overwritten where it exists.</param>
    /// <param name="theme">The background. Default: as the viewer prefers.</param>
    public void SaveSvg(string path, FigureTheme theme = FigureTheme.Automatic) => AtomicFile.WriteAllText(path, ToSvg(theme));

    /// <summary>Writes <see cref="ToPng"/> into a file, whole or not at all.</summary>
    /// <param name="path">The file; overwritten where it exists.</param>
    public void SavePng(string path) => AtomicFile.WriteAllBytes(path, ToPng());

    /// <summary>The figure before it is written to a file or into a page.</summary>
    internal SvgCanvas Draw()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Columns, 1);
        IReadOnlyList<MapPanel> panels = Panels();
        int rows = (panels.Count + Columns - 1) / Columns, columns = (panels.Count + rows - 1) / rows;
        SvgCanvas canvas = new((columns * MapPanel.Width) + 16, (rows * MapPanel.Height) + 44, Title);
        canvas.Text(16, 26, Title, size: 15, isBold: true);
        for (int i = 0; i < panels.Count; i++)
            panels[i].Draw(canvas, 8 + (i % columns * MapPanel.Width), 40 + (i / columns * MapPanel.Height), Axes);
        return canvas;
    }

    /// <summary>The spectrogram's panel, then one per map.</summary>
    internal IReadOnlyList<MapPanel> Panels()
    {
        List<MapPanel> panels = [new("Spectrogram", null, Spectrogram, ColorScale.ForSpectrogram(Spectrogram), SpectrogramUnit)];
        foreach (FigureMap map in Maps)
            panels.Add(new MapPanel(map.Title, map.Caption, map.Map, ColorScale.ForRelevance(map.Map), map.Unit));
        return panels;
    }
}
