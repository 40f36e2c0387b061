namespace AudioEmotionXai.Evaluation;

/// <summary>Picks the cells that the notebook's protocol masks.</summary>
internal static class NotebookMask
{
    private const double Percentile = 80;
    private const int Segments = 30;

    /// <summary>The mask of one map.</summary>
    public static bool[] Choose(ReadOnlySpan<float> map, NotebookMaskRule rule)
    {
        float[] values = map.ToArray();
        if (rule == NotebookMaskRule.TopMagnitude)
            for (int i = 0; i < values.Length; i++)
                values[i] = Math.Abs(values[i]);
        double limit = rule switch
        {
            NotebookMaskRule.AboveHalf => 0.5,
            NotebookMaskRule.PositiveSegments => PositiveLimit(values),
            _ => PercentileOf(values, Percentile),
        };
        bool[] mask = new bool[values.Length];
        for (int i = 0; i < mask.Length; i++)
            mask[i] = values[i] > limit;
        return mask;
    }

    /// <summary>The percentile with linear interpolation between order statistics, as NumPy's default.</summary>
    public static double PercentileOf(ReadOnlySpan<float> values, double percentile)
    {
        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        double place = percentile / 100 * (sorted.Length - 1);
        int lower = (int)place;
        return lower + 1 < sorted.Length ? sorted[lower] + ((sorted[lower + 1] - (double)sorted[lower]) * (place - lower)) : sorted[^1];
    }

    // Just below the smallest positive coefficient among the largest magnitudes, or nothing where none is positive.
    private static double PositiveLimit(float[] values)
    {
        float[] coefficients = [.. new HashSet<float>(values)];
        Array.Sort(coefficients, (a, b) => Math.Abs(b).CompareTo(Math.Abs(a)));
        double smallest = double.PositiveInfinity;
        foreach (float coefficient in coefficients.AsSpan(0, Math.Min(Segments, coefficients.Length)))
            if (coefficient > 0)
                smallest = Math.Min(smallest, coefficient);
        return double.IsInfinity(smallest) ? smallest : Math.BitDecrement(smallest);
    }
}
