namespace AudioEmotionXai;

/// <summary>What is known of a tensor before anything runs.</summary>
/// <param name="ElementType">The type of its elements.</param>
/// <param name="Shape">Its axes, or null where not even their number is known.</param>
/// <param name="Content">The elements of a small integer tensor (a shape, axes), as far as they follow from shapes.</param>
internal sealed record TensorInfo(OnnxElementType ElementType, Dim[]? Shape, Dim[]? Content = null)
{
    public int? Rank => Shape?.Length;

    public override string ToString() => $"{ElementType} {(Shape is null ? "(?)" : $"({string.Join(", ", Shape)})")}";
}
