namespace AudioEmotionXai.Evaluation;

/// <summary>Correlations of two lists of equal length; NaN where either list is constant.</summary>
internal static class RankCorrelation
{
    /// <summary>Spearman's: Pearson's correlation of the ranks, ties at their mean rank.</summary>
    public static double Spearman(ReadOnlySpan<float> first, ReadOnlySpan<float> second) => Pearson(Ranks(first), Ranks(second));

    /// <summary>Pearson's correlation.</summary>
    public static double Pearson(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double meanFirst = Mean(first), meanSecond = Mean(second), product = 0, squaresFirst = 0, squaresSecond = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double a = first[i] - meanFirst, b = second[i] - meanSecond;
            product += a * b;
            squaresFirst += a * a;
            squaresSecond += b * b;
        }

        return squaresFirst == 0 || squaresSecond == 0 ? double.NaN : product / Math.Sqrt(squaresFirst * squaresSecond);
    }

    private static double[] Ranks(ReadOnlySpan<float> values)
    {
        float[] sorted = values.ToArray();
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
            }

            for (int i = start; i < end; i++)
                ranks[order[i]] = (start + end - 1) / 2.0;
        }

        return ranks;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }
}
