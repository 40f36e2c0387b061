namespace AudioEmotionXai.Reporting;

/// <summary>
/// A table of <see cref="Size"/> colours from the low to the high end of a scale.
/// </summary>
/// <remarks>
/// The tables are laid out in Oklab with lightness linear in position, so equal differences of value look equally large,
/// and the order is readable from lightness alone: without colour vision, and on paper.
/// </remarks>
internal sealed class ColorMap
{
    /// <summary>The number of colours: odd, so that a diverging map has a middle, and small enough for an 8-bit palette with one colour to
    /// spare.</summary>
    public const int Size = 255;

    /// <summary>The palette entry after the table: the colour of cells that are not finite.</summary>
    public static readonly Rgb NotFinite = new(128, 128, 128);

    private readonly Rgb[] _table;

    private ColorMap(string name, bool isDiverging, params ReadOnlySpan<(double Position, OkLab Colour)> stops)
    {
        Name = name;
        IsDiverging = isDiverging;
        _table = new Rgb[Size];
        for (int i = 0; i < Size; i++)
            _table[i] = Interpolate(stops, i / (Size - 1.0)).ToRgb();
    }

    /// <summary>For spectrograms: black over purple and orange to pale yellow.</summary>
    public static ColorMap Spectrogram { get; } = new(
        "spectrogram",
        isDiverging: false,
        (0.00, OkLab.FromHue(0.12, 0.03, 290)),
        (0.25, OkLab.FromHue(0.3325, 0.13, 298)),
        (0.50, OkLab.FromHue(0.545, 0.18, 357)),
        (0.75, OkLab.FromHue(0.7575, 0.14, 52)),
        (1.00, OkLab.FromHue(0.97, 0.05, 102)));

    /// <summary>For maps without a sign: dark blue over green to yellow.</summary>
    public static ColorMap Sequential { get; } = new(
        "sequential",
        isDiverging: false,
        (0.00, OkLab.FromHue(0.20, 0.07, 290)),
        (0.25, OkLab.FromHue(0.3825, 0.11, 268)),
        (0.50, OkLab.FromHue(0.565, 0.10, 200)),
        (0.75, OkLab.FromHue(0.7475, 0.15, 150)),
        (1.00, OkLab.FromHue(0.93, 0.18, 105)));

    /// <summary>For signed maps: blue (negative) over near-white (zero) to orange-red (positive).</summary>
    public static ColorMap Diverging { get; } = new(
        "diverging",
        isDiverging: true,
        (0.00, OkLab.FromHue(0.36, 0.14, 262)),
        (0.25, OkLab.FromHue(0.665, 0.13, 250)),
        (0.50, new OkLab(0.97, 0, 0)),
        (0.75, OkLab.FromHue(0.665, 0.17, 45)),
        (1.00, OkLab.FromHue(0.36, 0.12, 30)));

    /// <summary>What the map is called in files.</summary>
    public string Name { get; }

    /// <summary>Whether the middle of the table means zero.</summary>
    public bool IsDiverging { get; }

    /// <summary>The colours, low end first.</summary>
    public ReadOnlySpan<Rgb> Table => _table;

    /// <summary>The colour at a position from 0 (low end) to 1 (high end).</summary>
    public Rgb At(double position) => _table[IndexOf(position)];

    /// <summary>The table entry at a position from 0 to 1.</summary>
    public static int IndexOf(double position) => (int)Math.Round(Math.Clamp(position, 0, 1) * (Size - 1));

    private static OkLab Interpolate(ReadOnlySpan<(double Position, OkLab Colour)> stops, double position)
    {
        int upper = 1;
        while (upper < stops.Length - 1 && position > stops[upper].Position)
            upper++;
        (double start, OkLab from) = stops[upper - 1];
        (double end, OkLab to) = stops[upper];
        double part = (position - start) / (end - start);
        return new OkLab(
            double.Lerp(from.Lightness, to.Lightness, part),
            double.Lerp(from.A, to.A, part),
            double.Lerp(from.B, to.B, part));
    }
}
