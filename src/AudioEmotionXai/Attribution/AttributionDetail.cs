namespace AudioEmotionXai;

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
