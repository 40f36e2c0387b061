using System.Globalization;
using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>How well the maps of two halves of a method's samples agree, item by item. Holds buffers: one per run.</summary>
internal sealed class HalfMaps
{
    /// <summary>Below this reliability a map is warned of: what a map of other samples shares with it is then less than what it does not
    /// (0.7² of the variance).</summary>
    public const double LeastReliability = 0.7;

    private readonly float[] _first;
    private readonly float[] _second;

    public HalfMaps(int items, int cells)
    {
        Values = new double[items];
        Array.Fill(Values, double.NaN);
        (_first, _second) = (new float[cells], new float[cells]);
    }

    /// <summary>Takes the map of one half.</summary>
    public Span<float> First => _first;

    /// <summary>Takes the map of the other half.</summary>
    public Span<float> Second => _second;

    /// <summary>Per item, the correlation of the two maps; NaN where it was not measured, or where one of them is constant.</summary>
    public double[] Values { get; }

    /// <summary>Compares what the two maps hold.</summary>
    public void Measure(int item) => Values[item] = Correlate(_first, _second);

    /// <summary>Pearson's correlation; NaN where one side is constant or holds a value that is not finite.</summary>
    public static double Correlate(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double meanFirst = Sums.Of(first) / first.Length, meanSecond = Sums.Of(second) / second.Length;
        double squaresFirst = 0, squaresSecond = 0, products = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double a = first[i] - meanFirst, b = second[i] - meanSecond;
            squaresFirst += a * a;
            squaresSecond += b * b;
            products += a * b;
        }

        return IsConstant(first) || IsConstant(second) ? double.NaN : products / Math.Sqrt(squaresFirst * squaresSecond);
    }

    /// <summary>What halves that correlate by so much say of the map of all samples: how it would correlate with the map of as many other
    /// samples. 0 where the halves do not agree at all.</summary>
    /// <remarks>W. Brown, Brit. J. Psychology 3, 296, 1910; C. Spearman, ibid. 271.</remarks>
    public static double Reliability(double halves) => halves <= 0 ? 0 : 2 * halves / (1 + halves);

    /// <summary>A sentence for every item whose map depends on the draw.</summary>
    public static IEnumerable<AttributionWarning> WarningsFor(IReadOnlyList<double>? halves)
    {
        for (int item = 0; item < (halves?.Count ?? 0); item++)
            if (Reliability(halves![item]) < LeastReliability)
                yield return new AttributionWarning(item, WarningOf(halves[item]));
    }

    private static string WarningOf(double halves) => string.Create(
        CultureInfo.InvariantCulture,
        $"the map depends on the draw: two halves of the samples give maps that correlate by {halves:0.00}, so that a map of as many other "
            + $"samples would by {Reliability(halves):0.00} with this one; take more samples");

    private static bool IsConstant(ReadOnlySpan<float> map) => TensorPrimitives.Max(map) == TensorPrimitives.Min(map);
}
