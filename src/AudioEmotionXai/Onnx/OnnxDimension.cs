using System.Globalization;

namespace AudioEmotionXai;

/// <summary>One axis of a tensor's declared shape: a number, a name that stands for a number, or neither (unknown).</summary>
/// <param name="Value">The length, where it is fixed.</param>
/// <param name="Symbol">The name, where the length is free, such as <c>N</c>.</param>
public readonly record struct OnnxDimension(long? Value, string? Symbol)
{
    /// <summary>A fixed length.</summary>
    /// <param name="value">The length.</param>
    public static implicit operator OnnxDimension(long value) => new(value, null);

    /// <summary>A free length with a name.</summary>
    /// <param name="symbol">The name.</param>
    public static implicit operator OnnxDimension(string symbol) => new(null, symbol);

    /// <summary>The number, the name, or <c>?</c>.</summary>
    public override string ToString() => Value?.ToString(CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}
