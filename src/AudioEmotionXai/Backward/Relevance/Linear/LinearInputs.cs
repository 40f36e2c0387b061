using System.Globalization;

namespace AudioEmotionXai;

/// <summary>The parts of a layer's input as tensors, each emitted once; constant ones where the shape is known, so that nothing of them
/// runs.</summary>
internal sealed class LinearInputs(BackwardNode node, string x, bool nonNegative, ZBoxRule? box)
{
    private readonly Dictionary<InputPart, string> _tensors = [];

    /// <summary>What a part amounts to for inputs of known sign; null where nothing is left of it.</summary>
    public InputPart? Simplify(InputPart part)
    {
        if (!nonNegative || part is not (InputPart.Positive or InputPart.Negative))
            return part;
        return part is InputPart.Positive ? InputPart.All : null;
    }

    public Sign SignOf(InputPart part) => part switch
    {
        InputPart.All when nonNegative => Sign.NonNegative,
        InputPart.Positive or InputPart.One => Sign.NonNegative,
        InputPart.Negative => Sign.NonPositive,
        _ => Sign.Unknown,
    };

    public string Tensor(InputPart part)
    {
        if (!_tensors.TryGetValue(part, out string? tensor))
            _tensors[part] = tensor = Emit(part);
        return tensor;
    }

    private string Emit(InputPart part)
    {
        GraphEmitter emit = node.Emit;
        return part switch
        {
            InputPart.Positive => emit.Relu(x),
            InputPart.Negative => emit.Min(x, emit.Scalar(0)),
            InputPart.One => Filled(1),
            InputPart.Low => box?.Low is { } low ? Filled(low) : OfTheItem(emit.ReduceMin(x, ItemAxes)),
            InputPart.High => box?.High is { } high ? Filled(high) : OfTheItem(emit.ReduceMax(x, ItemAxes)),
            _ => x,
        };
    }

    private long[] ItemAxes => [.. Enumerable.Range(1, node.InputShape(0).Length - 1).Select(axis => (long)axis)];

    private string OfTheItem(string bound) => node.Emit.ExpandLike(bound, x);

    private string Filled(float value)
    {
        Dim[] shape = [1, .. (node.Graph.Shapes.ShapeOf(x) ?? []).Skip(1)];
        if (shape.Length == 1 || !Array.TrueForAll(shape, length => length.IsFixed))
            return node.Emit.ExpandLike(node.Emit.Scalar(value), x);
        long[] lengths = Array.ConvertAll(shape, length => length.Offset);
        return node.Emit.FloatsOnce(string.Create(CultureInfo.InvariantCulture, $"filled:{value:R}:{string.Join(',', lengths)}"), () =>
        {
            float[] values = GraphEmitter.NewFloats(lengths);
            Array.Fill(values, value);
            return (values, lengths);
        });
    }
}
