using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>One map in a figure: picture, axes in seconds and hertz, colour bar, and a note about cells beyond the scale.</summary>
internal sealed record MapPanel(string Title, string? Caption, TimeFrequencyMap Map, ColorScale Scale, string Unit)
{
    /// <summary>The panel's width with its margins.</summary>
    public const double Width = 356;

    /// <summary>The panel's height with its margins.</summary>
    public const double Height = 262;

    /// <summary>The cells that keep their colours while the others are dimmed; null where all do.</summary>
    public TimeFrequencyMask? Lit { get; init; }

    private const double Left = 52, Top = 40, PictureWidth = 232, PictureHeight = 180, BarGap = 10, BarWidth = 10;

    /// <summary>Draws the panel with its upper left corner at the given place.</summary>
    public void Draw(IFigureCanvas canvas, double x, double y, TimeFrequencyAxes? axes)
    {
        double left = x + Left, top = y + Top;
        canvas.Text(left, y + 16, Shorten(Title, 40), size: 12.5, isBold: true);
        canvas.Text(left, y + 28.5, Shorten(Note(), 56), "m", size: 10);
        canvas.Image(
            left, top, PictureWidth, PictureHeight, Picture(), $"{Title}: {Map.Bins} bins by {Map.Frames} frames");
        MapAxes.Draw(canvas, left, top, PictureWidth, PictureHeight, Map.Bins, Map.Frames, axes);
        DrawBar(canvas, left + PictureWidth + BarGap, top);
    }

    private MapPicture Picture() => Lit is null ? MapPicture.From(Map, Scale) : MapPicture.LitAndDimmed(Map, Scale, Lit);

    // What would run into the next panel is left out; the picture's description has the whole title.
    private static string Shorten(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private string Note()
    {
        List<string> parts = [];
        int beyond = Scale.Below + Scale.Above;
        if (beyond > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{100.0 * beyond / Scale.Count:0.0#} % of cells beyond the scale"));
        if (Scale.NotFinite > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Scale.NotFinite} cells not finite (grey)"));
        if (Caption is not null)
            parts.Add(Caption);
        return string.Join(" · ", parts);
    }

    private void DrawBar(IFigureCanvas canvas, double left, double top)
    {
        canvas.Image(left, top, BarWidth, PictureHeight, MapPicture.Bar(Scale.Map), "colour bar");
        canvas.Rectangle(left, top, BarWidth, PictureHeight, "a");
        if (Scale.Above > 0)
            canvas.Polygon("m", 1, (left, top - 1), (left + BarWidth, top - 1), (left + (BarWidth / 2), top - 8));
        if (Scale.Below > 0)
            canvas.Polygon(
                "m", 1, (left, top + PictureHeight + 1), (left + BarWidth, top + PictureHeight + 1),
                (left + (BarWidth / 2), top + PictureHeight + 8));
        foreach (double tick in BarTicks())
        {
            double y = top + (PictureHeight * (1 - Scale.PositionOf((float)tick)));
            canvas.Line(left + BarWidth, y, left + BarWidth + 3, y);
            canvas.Text(left + BarWidth + 6, y + 3.5, AxisTicks.Label(tick), "m", size: 9.5);
        }

        canvas.Text(left + BarWidth + 46, top + (PictureHeight / 2), Unit, "m", TextAnchor.Middle, 10, rotation: 90);
    }

    private double[] BarTicks() => Scale.High > Scale.Low ? AxisTicks.Linear(Scale.Low, Scale.High, 4) : [Scale.Low];
}
