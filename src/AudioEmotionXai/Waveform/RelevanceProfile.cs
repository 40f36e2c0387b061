namespace AudioEmotionXai;

/// <summary>Relevance along one axis, in equal steps: seconds, or hertz.</summary>
/// <param name="Values">The sums of relevance.</param>
/// <param name="First">Where the first one stands, in the axis's unit.</param>
/// <param name="Step">From one to the next.</param>
public sealed record RelevanceProfile(ReadOnlyMemory<double> Values, double First, double Step)
{
    /// <summary>Where a value stands, in the axis's unit.</summary>
    /// <param name="index">0 to the number of values - 1.</param>
    public double PositionOf(int index) => First + (index * Step);
}
