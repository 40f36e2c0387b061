namespace AudioEmotionXai.Evaluation;

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
