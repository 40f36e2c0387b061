namespace AudioEmotionXai;

/// <summary>Sums in double precision of values in single precision, in the order in which they lie: the same on every machine.</summary>
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
}
