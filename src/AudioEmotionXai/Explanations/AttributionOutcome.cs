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

    /// <summary>Per item, how well the maps of two halves of the method's samples agree: their correlation over the map's cells, NaN where
    /// one of them is constant; null for a method that draws no samples.</summary>
    public double[]? HalfAgreement { get; init; }

    /// <summary>What the caller should know about this result.</summary>
    public IReadOnlyList<AttributionWarning> Warnings { get; init; } = [];

    /// <summary>Numbers beside the map.</summary>
    public IReadOnlyList<AttributionDetail> Details { get; init; } = [];
}

/// <summary>Numbers that a method found beside the map, such as LIME's coefficients, for one item of the batch.</summary>
/// <param name="name">What they are, in lower-case words joined by underscores: the name in JSON.</param>
/// <param name="item">Which item of the batch they belong to.</param>
/// <param name="values">The numbers.</param>
public sealed class AttributionDetail(string name, int item, ReadOnlyMemory<double> values)
{
    /// <summary>What the numbers are, in lower-case words joined by underscores.</summary>
    public string Name { get; } = name;

    /// <summary>Which item of the batch they belong to.</summary>
    public int Item { get; } = item;

    /// <summary>The numbers.</summary>
    public ReadOnlyMemory<double> Values { get; } = values;
}
