namespace AudioEmotionXai.Reporting;

/// <summary>Several clips under one another, each with its spectrogram and every method's map side by side: the report's
/// <c>comparison.svg</c>.</summary>
public sealed record ComparisonFigure(string Title, IReadOnlyList<ClipFigure> Clips)
{
    private const double Head = 40, RowHead = 22;

    /// <summary>The figure as the text of an SVG file, pictures inside.</summary>
    /// <param name="theme">The background. Default: as the viewer prefers.</param>
    public string ToSvg(FigureTheme theme = FigureTheme.Automatic)
    {
        int columns = Clips.Count == 0 ? 1 : 1 + Clips.Max(clip => clip.Maps.Count);
        SvgCanvas canvas = new((columns * MapPanel.Width) + 16, Head + (Clips.Count * (MapPanel.Height + RowHead)) + 8, Title);
        canvas.Text(16, 26, Title, size: 16, isBold: true);
        for (int row = 0; row < Clips.Count; row++)
        {
            double top = Head + (row * (MapPanel.Height + RowHead));
            canvas.Text(16, top + 16, Clips[row].Title, size: 13, isBold: true);
            IReadOnlyList<MapPanel> panels = Clips[row].Panels();
            for (int column = 0; column < panels.Count; column++)
                panels[column].Draw(canvas, 8 + (column * MapPanel.Width), top + RowHead, Clips[row].Axes);
        }

        return canvas.ToFile(theme);
    }
}
