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

    /// <summary>The cells that matter most: with them, a panel shows the spectrogram lit there and dimmed elsewhere. Default:
    /// none.</summary>
    public TimeFrequencyMask? Lit { get; init; }

    /// <summary>The most panels side by side. Default 3.</summary>
    public int Columns { get; init; } = 3;

    /// <summary>The figure as the text of an SVG file, pictures inside.</summary>
    /// <param name="theme">The background. Default: as the viewer prefers.</param>
    public string ToSvg(FigureTheme theme = FigureTheme.Automatic) => Draw().ToFile(theme);

    /// <summary>The same figure on white, as the bytes of a PNG file.</summary>
    /// <param name="scale">Pixels per unit of the SVG, 1 to 8. Default 2: a panel is 712 pixels wide.</param>
    public byte[] ToPng(int scale = 2)
    {
        (double width, double height) = Size();
        RasterCanvas canvas = new(width, height, scale);
        DrawOn(canvas);
        return canvas.ToPng();
    }

    /// <summary>Writes <see cref="ToSvg"/> into a file, whole or not at all.</summary>
    /// <param name="path">The file; overwritten where it exists.</param>
    /// <param name="theme">The background. Default: as the viewer prefers.</param>
    public void SaveSvg(string path, FigureTheme theme = FigureTheme.Automatic) => AtomicFile.WriteAllText(path, ToSvg(theme));

    /// <summary>Writes <see cref="ToPng"/> into a file, whole or not at all.</summary>
    /// <param name="path">The file; overwritten where it exists.</param>
    /// <param name="scale">Pixels per unit, 1 to 8. Default 2.</param>
    public void SavePng(string path, int scale = 2) => AtomicFile.WriteAllBytes(path, ToPng(scale));

    /// <summary>The figure before it is written to a file or into a page.</summary>
    internal SvgCanvas Draw()
    {
        (double width, double height) = Size();
        SvgCanvas canvas = new(width, height, Title);
        DrawOn(canvas);
        return canvas;
    }

    private int PanelCount => Maps.Count + (Lit is null ? 1 : 2);

    private (double Width, double Height) Size() =>
        (16 + (MapPanel.Width * PanelsPerRow()), 44 + (MapPanel.Height * Math.Ceiling((double)PanelCount / PanelsPerRow())));

    private int PanelsPerRow()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Columns, 1);
        int rows = (PanelCount + Columns - 1) / Columns;
        return (PanelCount + rows - 1) / rows;
    }

    private void DrawOn(IFigureCanvas canvas)
    {
        canvas.Text(16, 26, Title, size: 15, isBold: true);
        int columns = PanelsPerRow();
        foreach ((int i, MapPanel panel) in Panels().Index())
            panel.Draw(canvas, 8 + (i % columns * MapPanel.Width), 40 + (i / columns * MapPanel.Height), Axes);
    }

    /// <summary>The spectrogram's panel, then one per map.</summary>
    internal IReadOnlyList<MapPanel> Panels()
    {
        List<MapPanel> panels = [new("Spectrogram", null, Spectrogram, ColorScale.ForSpectrogram(Spectrogram), SpectrogramUnit)];
        if (Lit is not null)
            panels.Add(panels[0] with { Title = "What mattered most", Caption = "the strongest cells lit, the rest dimmed", Lit = Lit });
        foreach (FigureMap map in Maps)
            panels.Add(new MapPanel(map.Title, map.Caption, map.Map, ColorScale.ForRelevance(map.Map), map.Unit));
        return panels;
    }
}
