using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Reporting;

/// <summary>Letters as strokes of a pen, for pictures without any font of the system: the same on every machine.</summary>
/// <remarks>Digits in pairs are points of a grid, x and y, with descenders from 0, the baseline at 2, small letters to 6 and capitals to 8;
/// a comma lifts the pen. ASCII has glyphs; other letters lose their accents, and what is left is a box.</remarks>
internal static class StrokeFont
{
    /// <summary>The height of the baseline on the grid.</summary>
    public const int Baseline = 2;

    // A capital's 6 rows are 0.72 em.
    private const double EmPerRow = 0.12, Gap = 1.8;

    private static readonly (double X, double Y)[][][] s_glyphs = Parse(
        "20;08 04,02;08 06,28 26;12 18,32 38,04 44,06 46;47 38 18 07 06 15 35 44 43 32 12 03,29 21;"
            + "02 48,18 08 07 17 18,42 32 33 43 42;42 06 07 18 28 37 36 04 03 12 22 44;08 06;19 07 03 11;09 17 13 01;"
            + "23 27,04 46,44 06;05 45,23 27;12 01;05 35;02;01 39;12 03 07 18 28 37 33 22 12;06 28 22,12 32;07 18 28 37 36 02 32;"
            + "07 18 28 37 36 25 15,25 34 33 22 12 03;22 28 04 34;38 08 05 25 34 33 22 12 03;37 28 18 07 03 12 22 33 34 25 05;"
            + "08 38 12;15 06 07 18 28 37 36 25 15 04 03 12 22 33 34 25;35 15 06 07 18 28 37 33 22 12 03;05,02;15,13 01;37 05 33;"
            + "06 36,04 34;07 35 03;07 18 28 37 36 25 24,22;34 36 26 15 14 23 33 44 47 38 18 07 03 12 42;02 28 42,14 34;"
            + "02 08 28 37 36 25 05,25 34 33 22 02;47 38 18 07 03 12 32 43;02 08 28 46 44 22 02;38 08 02 32,05 25;38 08 02,05 25;"
            + "47 38 18 07 03 12 32 43 45 25;02 08,42 48,05 45;08 28,18 12,02 22;38 33 22 12 03;02 08,38 04,15 32;08 02 32;02 08 24 48 42;"
            + "02 08 42 48;12 03 07 18 38 47 43 32 12;02 08 28 37 35 24 04;12 03 07 18 38 47 43 32 12,24 42;"
            + "02 08 28 37 35 24 04,24 32;37 28 18 07 06 15 25 34 33 22 12 03;08 48,28 22;08 03 12 32 43 48;08 22 48;08 12 26 32 48;"
            + "08 42,02 48;08 25 48,25 22;08 48 02 42;19 09 01 11;09 31;09 19 11 01;06 28 46;01 41;08 17;"
            + "35 26 16 05 03 12 22 33,36 32;08 02,05 16 26 35 33 22 12 03;35 26 16 05 03 12 22 33;38 32,35 26 16 05 03 12 22 33;"
            + "04 34 35 26 16 05 03 12 22 33;28 17 12,06 26;36 31 20 10 01,35 26 16 05 03 12 22 33;08 02,05 16 26 35 32;06 02,08;"
            + "16 11 00,18;08 02,36 04,15 32;08 03 12;06 02,05 16 25 22,25 36 45 42;06 02,05 16 26 35 32;12 03 05 16 26 35 33 22 12;"
            + "06 00,05 16 26 35 33 22 12 03;36 30,35 26 16 05 03 12 22 33;06 02,05 16 26;35 26 16 05 14 24 33 22 12 03;"
            + "18 13 22,06 26;06 03 12 22 33,36 32;06 22 46;06 12 25 32 46;06 32,02 36;06 22,46 10;06 36 02 32;29 18 16 05 14 12 21;"
            + "09 01;09 18 16 25 14 12 01;04 15 24 35;02 08 38 32 02");

    /// <summary>A unit of the grid in the unit of a font size.</summary>
    public static double UnitOf(double size) => EmPerRow * size;

    /// <summary>The strokes of a text, its first letter at x = 0, and its width, in units of the grid.</summary>
    public static (List<(double X, double Y)[]> Strokes, double Width) Lay(string text)
    {
        List<(double X, double Y)[]> strokes = [];
        double x = 0;
        foreach (char c in Plain(text))
        {
            (double X, double Y)[][] glyph = s_glyphs[c is >= ' ' and < '\x7f' ? c - ' ' : ^1];
            if (c != ' ')
                strokes.AddRange(glyph.Select(stroke => Array.ConvertAll(stroke, point => (x + point.X, point.Y))));
            x += glyph.Max(stroke => stroke.Max(point => point.X)) + Gap;
        }

        return (strokes, Math.Max(0, x - Gap));
    }

    private static IEnumerable<char> Plain(string text) => text
        .Replace('\u2212', '-').Replace('\u2013', '-').Replace('\u00b7', '-').Replace('\u0142', 'l').Replace('\u0141', 'L')
        .Replace("\u2026", "...", StringComparison.Ordinal)
        .Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);

    private static (double X, double Y)[][][] Parse(string glyphs) => Array.ConvertAll(
        glyphs.Split(';'),
        glyph => Array.ConvertAll(
            glyph.Split(','), stroke => Array.ConvertAll(stroke.Split(' '), point => (point[0] - (double)'0', point[1] - (double)'0'))));
}
