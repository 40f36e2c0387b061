using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Round times to write along an axis, as mm:ss or, from an hour on, h:mm:ss.</summary>
internal static class TimeTicks
{
    private static readonly double[] s_steps =
    [
        0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400,
    ];

    /// <summary>Multiples of a round step from 0 to the end, no more than asked for (but for ends of many days).</summary>
    public static double[] Of(double end, int most)
    {
        double step = s_steps.FirstOrDefault(step => end / step <= most, s_steps[^1] * Math.Ceiling(end / s_steps[^1] / most));
        int count = (int)Math.Floor((end / step) + 1e-9) + 1;
        double[] ticks = new double[count];
        for (int i = 0; i < count; i++)
            ticks[i] = i * step;
        return ticks;
    }

    /// <summary>A time, in the form that the end needs.</summary>
    public static string Label(double seconds, double end)
    {
        long whole = (long)Math.Round(seconds);
        if (end < 2)
            return seconds.ToString("0.0", CultureInfo.InvariantCulture);
        return end < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 60:00}:{whole % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}");
    }

    /// <summary>What labels up to an end are in.</summary>
    public static string Unit(double end) => end < 2 ? "s" : end < 3600 ? "mm:ss" : "h:mm:ss";
}
