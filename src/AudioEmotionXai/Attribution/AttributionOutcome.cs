namespace AudioEmotionXai;

/// <summary>What <see cref="AttributionMethod.AttributeCore"/> hands back: the raw map and what else came out of the runs.</summary>
public sealed record AttributionOutcome
{
    /// <summary>The raw map: the input's shape, or (N,1,…) with one map per item. Not normalised, signs kept.</summary>
    public required FloatTensor Map { get; init; }

    /// <summary>The logits (N, classes) of the unchanged input where the method's own run gave them: saves a forward pass.</summary>
    public FloatTensor? Logits { get; init; }

    /// <summary>Per item, how far the map's sum is from the score difference it should explain; null where that is not defined.</summary>
    public double[]? CompletenessGap { get; init; }

    /// <summary>What the caller should know about this result, each a sentence.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Numbers beside the map.</summary>
    public IReadOnlyList<AttributionDetail> Details { get; init; } = [];
}
