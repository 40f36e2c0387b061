using AudioEmotionXai.Primitives;
using AudioEmotionXai.Reporting;

namespace PackageIcon;

/// <summary>The packages' icon, drawn by the library itself: a relevance map of a made-up voice. Harmonics rise and fall; what speaks for the class is warm, what speaks against it cold.</summary>
internal static class Icon
{
    private const int Cells = 32;
    private const int PixelsPerCell = 4;

    public static byte[] ToPng() => MapImage.ToPng(Draw(), PixelsPerCell);

    private static TimeFrequencyMap Draw()
    {
        TimeFrequencyMap map = new(Cells, Cells);
        for (int bin = 0; bin < Cells; bin++)
            for (int frame = 0; frame < Cells; frame++)
                map[bin, frame] = (float)Relevance(bin / (Cells - 1.0), frame / (Cells - 1.0));
        return map;
    }

    /// <summary>Three harmonics of one gliding voice, heard from a fifth to four fifths of the picture; the highest one speaks against the class.</summary>
    private static double Relevance(double pitch, double time)
    {
        double glide = 0.14 + (0.1 * Math.Sin(Math.PI * time));
        double loudness = Bump(time, 0.5, 0.24);
        return loudness * (Bump(pitch, glide, 0.045) + (0.8 * Bump(pitch, 2 * glide, 0.05)) + (0.5 * Bump(pitch, 3 * glide, 0.05)) - (0.6 * Bump(pitch, 4 * glide, 0.055)));
    }

    private static double Bump(double at, double centre, double width) => Math.Exp(-0.5 * (at - centre) * (at - centre) / (width * width));
}
