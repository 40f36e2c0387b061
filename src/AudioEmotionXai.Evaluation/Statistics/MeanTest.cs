using MathNet.Numerics.Distributions;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// A mean over clips with its interval and its two-sided test against 0, both from the same distribution of t, so that they cannot
/// disagree.
/// Clips of one group (a speaker) count together: what varies is the group.
/// </summary>
/// <remarks>
/// The standard error is the cluster-robust one of a ratio of sums, G / (G - 1) times the squared sums of each group's deviations. Below
/// <see cref="FewUnits"/> units t is resampled (Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 12; symmetric form:
/// Hall, doi:10.1214/aos/1176350933), since single clips are skewed. From there on, and for groups of <see cref="ClipsOfAGroup"/> clips and
/// more, whose means are not, it is Student's with units - 1 degrees of freedom.
/// </remarks>
internal sealed class MeanTest
{
    /// <summary>Fewer units than this say too little about their own spread for an interval or a test.</summary>
    public const int FewestUnits = 6;

    /// <summary>From this number of units on, Student's t does as well as a bootstrap, and is not bounded by resamples.</summary>
    public const int FewUnits = 50;

    /// <summary>Groups with as many clips each, on average, have means that are near enough to normal for Student's t.</summary>
    public const int ClipsOfAGroup = 4;

    // A fall or share this close to an end of its range, from fewer clips than this, has an interval that holds the truth too seldom
    private const double Little = 0.1, Saturated = 0.85;
    private const int ManyClips = 25;

    private const double Power = 0.8;

    private readonly double _mean, _error;
    private readonly int _clips, _units;
    private readonly double[]? _resampled;

    private MeanTest(double mean, double error, int clips, int units, double[]? resampled)
    {
        _mean = mean;
        _error = error;
        _clips = clips;
        _units = units;
        _resampled = resampled;
    }

    /// <summary>The mean; NaN where there are no values.</summary>
    public double Mean => _mean;

    /// <summary>Two-sided p of a mean of 0; NaN below <see cref="FewestUnits"/> units.</summary>
    public double PValue
    {
        get
        {
            if (_units < FewestUnits)
                return double.NaN;
            if (_error == 0)
                return _mean == 0 ? 1 : _resampled is null ? 0 : 1.0 / (_resampled.Length + 1);
            double t = Math.Abs(_mean) / _error;
            if (_resampled is null)
                return 2 * StudentT.CDF(0, 1, _units - 1, -t);
            int below = Array.BinarySearch(_resampled, t);
            below = below < 0 ? ~below : below;
            while (below > 0 && _resampled[below - 1] >= t)
                below--;
            return (1.0 + _resampled.Length - below) / (_resampled.Length + 1);
        }
    }

    /// <summary>The test of some values.</summary>
    /// <param name="values">One value per clip.</param>
    /// <param name="units">The number of each clip's group, from 0; empty where every clip stands for itself.</param>
    /// <param name="resamples">How many resamples, where they are needed.</param>
    /// <param name="random">Draws them.</param>
    public static MeanTest Of(ReadOnlySpan<double> values, ReadOnlySpan<int> units, int resamples, KeyedRandom random)
    {
        (double[] sums, int[] counts) = SumUp(values, units);
        double mean = values.IsEmpty ? double.NaN : Sums.Mean(values);
        double error = ErrorOf(sums, counts, mean, values.Length);
        bool isResampled = sums.Length is >= FewestUnits and < FewUnits && values.Length < ClipsOfAGroup * sums.Length && error > 0;
        return new MeanTest(
            mean, error, values.Length, sums.Length, isResampled ? Resample(sums, counts, mean, resamples, random) : null);
    }

    /// <summary>The interval: none below <see cref="FewestUnits"/> units, the mean itself where all units agree.</summary>
    /// <param name="level">Coverage, such as 0.95.</param>
    public ConfidenceInterval Interval(double level)
    {
        if (_units < FewestUnits)
            return new ConfidenceInterval(_mean, double.NaN, double.NaN, _clips);
        double reach = _error == 0 ? 0 : Critical(1 - level) * _error;
        return new ConfidenceInterval(_mean, _mean - reach, _mean + reach, _clips);
    }

    /// <summary>The interval of a fall or a share, which cannot go beyond 1: none where most values are close to 0 or 1 and there are fewer
    /// than 25 clips (it would hold the truth in 85 to 90 of 100 cases instead of 95).</summary>
    /// <param name="level">Coverage, such as 0.95.</param>
    public ConfidenceInterval BoundedInterval(double level) =>
        Math.Abs(_mean) is < Little or > Saturated && _units < ManyClips && _resampled is not null
            ? new ConfidenceInterval(_mean, double.NaN, double.NaN, _clips)
            : Bounded(Interval(level));

    /// <summary>The mean that a test of this size finds in four of five runs (power 0.8); NaN below <see cref="FewestUnits"/>
    /// units.</summary>
    /// <param name="level">The level of the test, corrected for the number of tests.</param>
    public double Detectable(double level) =>
        _units < FewestUnits
            ? double.NaN
            : (Math.Max(Critical(level), StudentT.InvCDF(0, 1, _units - 1, 1 - (level / 2)))
                + StudentT.InvCDF(0, 1, _units - 1, Power)) * _error;

    private static ConfidenceInterval Bounded(ConfidenceInterval interval) =>
        interval with { Low = Math.Max(-1, interval.Low), High = Math.Min(1, interval.High) };

    // The |t| that is exceeded with the probability given; the largest resampled one where resamples cannot resolve it
    private double Critical(double level)
    {
        if (_resampled is null)
            return StudentT.InvCDF(0, 1, _units - 1, 1 - (level / 2));
        int place = (int)Math.Ceiling((1 - level) * (_resampled.Length + 1)) - 1;
        return _resampled[Math.Clamp(place, 0, _resampled.Length - 1)];
    }

    private static (double[] Sums, int[] Counts) SumUp(ReadOnlySpan<double> values, ReadOnlySpan<int> units)
    {
        if (units.IsEmpty)
        {
            int[] ones = new int[values.Length];
            ones.AsSpan().Fill(1);
            return (values.ToArray(), ones);
        }

        SortedDictionary<int, (double Sum, int Count)> found = [];
        for (int i = 0; i < values.Length; i++)
        {
            (double sum, int count) = found.GetValueOrDefault(units[i]);
            found[units[i]] = (sum + values[i], count + 1);
        }

        return ([.. found.Values.Select(unit => unit.Sum)], [.. found.Values.Select(unit => unit.Count)]);
    }

    private static double ErrorOf(ReadOnlySpan<double> sums, ReadOnlySpan<int> counts, double mean, int clips)
    {
        double squares = 0, size = 0;
        for (int unit = 0; unit < sums.Length; unit++)
        {
            double deviation = sums[unit] - (counts[unit] * mean);
            squares += deviation * deviation;
            size += sums[unit] * sums[unit];
        }

        // Deviations by rounding alone are none
        return squares <= 1e-24 * size ? 0 : Math.Sqrt(squares * sums.Length / (sums.Length - 1.0)) / clips;
    }

    // |t| of resamples of the units, in rising order
    private static double[] Resample(double[] sums, int[] counts, double mean, int resamples, KeyedRandom random)
    {
        double[] found = new double[resamples], drawnSums = new double[sums.Length];
        int[] drawnCounts = new int[sums.Length];
        for (int r = 0; r < resamples; r++)
        {
            double sum = 0;
            int clips = 0;
            for (int unit = 0; unit < sums.Length; unit++)
            {
                int drawn = random.NextIndex(sums.Length);
                sum += drawnSums[unit] = sums[drawn];
                clips += drawnCounts[unit] = counts[drawn];
            }

            double error = ErrorOf(drawnSums, drawnCounts, sum / clips, clips), distance = Math.Abs((sum / clips) - mean);
            found[r] = distance == 0 ? 0 : error == 0 ? double.PositiveInfinity : distance / error;
        }

        Array.Sort(found);
        return found;
    }
}
