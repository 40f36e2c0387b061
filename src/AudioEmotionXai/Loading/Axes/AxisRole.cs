using System.Collections.Immutable;

namespace AudioEmotionXai;

/// <summary>What one axis of a tensor inside a graph shows of the explained input.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="InputAxis">Of an image: the axis of the input.</param>
/// <param name="Parts">Of tokens: the images whose cells stand one after the other, slowest first.</param>
/// <param name="Prefix">Of tokens: how many other tokens stand in front, such as a class token.</param>
/// <param name="Source">Of tokens: the tensor in which the parts were axes of their own.</param>
internal sealed record AxisRole(
    AxisKind Kind, int InputAxis = -1, ImmutableArray<AxisRole> Parts = default, long Prefix = 0, TokenSource? Source = null)
{
    public static AxisRole Items { get; } = new(AxisKind.Items);

    public static AxisRole Channels { get; } = new(AxisKind.Channels);

    public static AxisRole Mixed { get; } = new(AxisKind.Mixed);

    public static AxisRole Image(int inputAxis) => new(AxisKind.Image, inputAxis);

    /// <summary>The axes of the input that this one shows, alone or as tokens.</summary>
    public IEnumerable<int> InputAxes => Kind switch
    {
        AxisKind.Image => [InputAxis],
        AxisKind.Tokens => Parts.SelectMany(part => part.InputAxes),
        _ => [],
    };

    public bool Equals(AxisRole? other) =>
        other is not null && Kind == other.Kind && InputAxis == other.InputAxis && Prefix == other.Prefix
        && (Parts.IsDefault ? other.Parts.IsDefault : !other.Parts.IsDefault && Parts.SequenceEqual(other.Parts));

    public override int GetHashCode() => HashCode.Combine(Kind, InputAxis, Prefix, Parts.IsDefault ? 0 : Parts.Length);
}

/// <summary>Where tokens were a grid: a tensor, and its axes that became one.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Axes">The axes, in order.</param>
/// <param name="Lengths">Their lengths.</param>
internal sealed record TokenSource(string Tensor, ImmutableArray<int> Axes, ImmutableArray<Dim> Lengths);

/// <summary>The kinds of axes.</summary>
internal enum AxisKind
{
    /// <summary>The clips of a batch.</summary>
    Items,

    /// <summary>Features with no place in the input.</summary>
    Channels,

    /// <summary>A shrunk or equal image of one axis of the input: cell i shows the input around i times the ratio of the lengths.</summary>
    Image,

    /// <summary>Images of several axes, or of one behind other tokens, one cell after the other.</summary>
    Tokens,

    /// <summary>Places of the input in an order that is not known.</summary>
    Mixed,
}
