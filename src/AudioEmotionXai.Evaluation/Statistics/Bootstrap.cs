using System.Text.Json.Serialization;
using MathNet.Numerics.Distributions;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Bias-corrected and accelerated (BCa) bootstrap intervals for a mean over clips.
/// Efron, "Better bootstrap confidence intervals", 1987, doi:10.1080/01621459.1987.10478410.
/// </summary>
internal static class Bootstrap
{
    /// <summary>Fewer values than this say too little about their own spread for an interval.</summary>
    public const int FewestValues = 6;

    /// <summary>The mean of the values and its interval: the mean itself where all values are equal, none below
    /// <see cref="FewestValues"/>.</summary>
    /// <param name="values">One value per clip.</param>
    /// <param name="level">Coverage, such as 0.95.</param>
    /// <param name="resamples">How many resamples, at least 100.</param>
    /// <param name="random">Draws the resamples.</param>
    public static ConfidenceInterval MeanInterval(ReadOnlySpan<double> values, double level, int resamples, KeyedRandom random)
    {
        int n = values.Length;
        if (n == 0)
            return new ConfidenceInterval(double.NaN, double.NaN, double.NaN, 0);
        double mean = Sums.Mean(values);
        if (n < FewestValues)
            return new ConfidenceInterval(mean, double.NaN, double.NaN, n);
        double[] means = Resample(values, resamples, random);
        double bias = Normal.InvCDF(0, 1, ShareBelow(means, mean));
        double acceleration = Acceleration(values, mean);
        double tail = (1 - level) / 2;
        return new ConfidenceInterval(mean, End(means, tail, bias, acceleration), End(means, 1 - tail, bias, acceleration), n);
    }

    private static double End(double[] means, double tail, double bias, double acceleration)
    {
        double z = bias + Normal.InvCDF(0, 1, tail);
        double share = Normal.CDF(0, 1, bias + (z / (1 - (acceleration * z))));
        return Quantile(means, double.IsFinite(share) ? share : tail);
    }

    private static double[] Resample(ReadOnlySpan<double> values, int resamples, KeyedRandom random)
    {
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
                sum += values[random.NextIndex(values.Length)];
            means[r] = sum / values.Length;
        }

        Array.Sort(means);
        return means;
    }

    // Ties count half, and both ends keep half a resample, so that the correction stays finite.
    private static double ShareBelow(double[] sorted, double mean)
    {
        double below = 0;
        foreach (double value in sorted)
            below += value < mean ? 1 : value == mean ? 0.5 : 0;
        return Math.Clamp(below / sorted.Length, 0.5 / sorted.Length, 1 - (0.5 / sorted.Length));
    }

    // The jackknife means of a mean differ from it by (mean - value) / (n - 1), so the skewness formula needs no leave-one-out loop.
    private static double Acceleration(ReadOnlySpan<double> values, double mean)
    {
        double squares = 0, cubes = 0;
        foreach (double value in values)
        {
            double d = value - mean;
            squares += d * d;
            cubes += d * d * d;
        }

        return squares == 0 ? 0 : cubes / (6 * Math.Pow(squares, 1.5));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double place = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        int lower = (int)place;
        return lower + 1 < sorted.Length ? double.Lerp(sorted[lower], sorted[lower + 1], place - lower) : sorted[^1];
    }
}

/// <summary>A mean with the ends of its confidence interval; all NaN where there is nothing to average, the ends NaN where there are fewer
/// than 6 values.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Count">How many values (clips) stand behind it.</param>
public readonly record struct ConfidenceInterval(double Mean, double Low, double High, [property: JsonPropertyName("clips")] int Count);

/// <summary>Adjusts p-values of several tests so that the chance of any false finding stays below the level. Holm, 1979,
/// jstor:4615733.</summary>
internal static class HolmCorrection
{
    /// <summary>Adjusted p-values in the order given; NaN (no test) stays NaN and does not count.</summary>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        double[] adjusted = pValues.ToArray();
        int[] order = new int[adjusted.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(pValues.ToArray(), order);
        int left = 0;
        foreach (double p in pValues)
            left += double.IsNaN(p) ? 0 : 1;
        double largest = 0;
        foreach (int i in order)
        {
            if (double.IsNaN(adjusted[i]))
                continue;
            largest = Math.Max(largest, Math.Min(1, adjusted[i] * left--));
            adjusted[i] = largest;
        }

        return adjusted;
    }
}
