using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Round numbers to write along an axis, and how to write them.</summary>
internal static class AxisTicks
{
    private static readonly double[] Frequencies = [50, 100, 250, 500, 1000, 2000, 4000, 8000, 16000];

    /// <summary>Multiples of 1, 2 or 5 times a power of ten inside the range, about as many as asked for.</summary>
    public static double[] Linear(double low, double high, int count)
    {
        if (!(high > low) || !double.IsFinite(high - low))
            return [low];
        double rough = (high - low) / Math.Max(1, count);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1.5 => 1, <= 3.5 => 2, <= 7.5 => 5, _ => 10 });
        List<double> ticks = [];
        for (double k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
            ticks.Add(k == 0 ? 0 : k * step);
        return [.. ticks];
    }

    /// <summary>Frequencies in Hz that lie between the lowest and the highest bin.</summary>
    public static double[] Hertz(double low, double high) => Array.FindAll(Frequencies, hertz => hertz >= low && hertz <= high);

    /// <summary>A number in at most three digits, with an exponent where it is very small or large.</summary>
    public static string Label(double value)
    {
        if (value == 0)
            return "0";
        double size = Math.Abs(value);
        string text = size is >= 1e-3 and < 1e5
            ? double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                .ToString(CultureInfo.InvariantCulture)
            : value.ToString("0.##e0", CultureInfo.InvariantCulture);
        return text.Replace('-', '\u2212');
    }

    /// <summary>A frequency in Hz or kHz.</summary>
    public static string HertzLabel(double hertz) => hertz < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{hertz:0.#} Hz")
        : string.Create(CultureInfo.InvariantCulture, $"{hertz / 1000:0.##} kHz");
}

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
