namespace AudioEmotionXai;

/// <summary>Sums in double precision, in the order in which the values lie: the same on every machine.</summary>
internal static class Sums
{
    /// <summary>The sum.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }

    /// <summary>The sum of the squares.</summary>
    public static double OfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += (double)value * value;
        return sum;
    }

    /// <summary>The mean; NaN where there is nothing.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }
}
