using MathNet.Numerics.Statistics;

namespace AudioEmotionXai.Evaluation;

/// <summary>The correlation of two maps' orders; NaN where either map is constant.</summary>
internal static class RankCorrelation
{
    /// <summary>Spearman's: Pearson's correlation of the ranks, ties at their mean rank.</summary>
    public static double Spearman(ReadOnlySpan<float> first, ReadOnlySpan<float> second) =>
        Correlation.Spearman(ToDoubles(first), ToDoubles(second));

    private static double[] ToDoubles(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), value => (double)value);
}
