using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// A table of <see cref="Size"/> colours from the low to the high end of a scale.
/// </summary>
/// <remarks>
/// The tables were laid out in Oklab (Björn Ottosson, "A perceptual color space for image processing", 2020) with lightness linear in
/// position, so equal differences of value look equally large, and the order is readable from lightness alone: without colour vision,
/// and on paper. What stands here are knots, four bytes each: the entry, red, green and blue; between them colours are interpolated,
/// which meets the layout to one step of 255.
/// </remarks>
internal sealed class ColorMap
{
    /// <summary>The number of colours: odd, so that a diverging map has a middle, and small enough for an 8-bit palette with one colour to
    /// spare.</summary>
    public const int Size = 255;

    /// <summary>The palette entry after the table: the colour of cells that are not finite.</summary>
    public static readonly Rgb NotFinite = new(128, 128, 128);

    private readonly Rgb[] _table;

    private ColorMap(string name, bool isDiverging, string knots)
    {
        Name = name;
        IsDiverging = isDiverging;
        _table = Interpolate(Array.ConvertAll(knots.Split(' '), Convert.FromHexString));
    }

    /// <summary>For spectrograms: black over purple and orange to pale yellow.</summary>
    public static ColorMap Spectrogram { get; } = new(
        "spectrogram",
        isDiverging: false,
        "00060410 1d1e0f38 3f401f6e 596f2d71 75a73372 7fbb3372 93ce566d afe77f62 bff59557 e4fccfa0 fefbf7d1");

    /// <summary>For maps without a sign: dark blue over green to yellow.</summary>
    public static ColorMap Sequential { get; } = new(
        "sequential",
        isDiverging: false,
        "00170e33 37283772 412a3f7d 5c215f85 6b157089 720a788a 77007e8b 7f00868c "
            + "86008e8c 8e18968a 9c30a487 be5cc779 d090d26f e6c5e05f f7ebea4c fefaee40");

    /// <summary>For signed maps: blue (negative) over near-white (zero) to orange-red (positive).</summary>
    public static ColorMap Diverging { get; } = new(
        "diverging",
        isDiverging: true,
        "000e3685 232f6bb6 3f4e97df 5c9cc3eb 7ff5f5f5 9af4bca4 b2ec885a bce77135 bee56c2b c3dc6527 f8792213 fe6f1a11");

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

    private static Rgb[] Interpolate(byte[][] knots)
    {
        Rgb[] table = new Rgb[Size];
        for (int i = 0, upper = 1; i < Size; i++)
        {
            upper += i > knots[upper][0] ? 1 : 0;
            (byte[] from, byte[] to) = (knots[upper - 1], knots[upper]);
            double part = (double)(i - from[0]) / (to[0] - from[0]);
            table[i] = new Rgb(Channel(1), Channel(2), Channel(3));

            byte Channel(int at) => (byte)Math.Round(double.Lerp(from[at], to[at], part));
        }

        return table;
    }
}

/// <summary>A colour of 8 bits per channel in sRGB.</summary>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour at less than a third of its light.</summary>
    public Rgb Dimmed() => new((byte)(Red * 0.3), (byte)(Green * 0.3), (byte)(Blue * 0.3));

    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public string ToHex() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");
}
