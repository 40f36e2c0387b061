namespace AudioEmotionXai;

/// <summary>How far a running <see cref="AttributionMethod.Attribute"/> is, in model runs of the method's own counting.</summary>
/// <param name="Done">Steps done, 0 to <paramref name="Total"/>.</param>
/// <param name="Total">All steps, at least 1.</param>
public readonly record struct AttributionProgress(int Done, int Total)
{
    /// <summary>The part that is done, 0 to 1.</summary>
    public double Fraction => (double)Done / Total;
}
