namespace AudioEmotionXai;

/// <summary>
/// Gather: every slice's gradient goes back to its index; indices that occur more than once add up. A run of neighbours is padded with
/// zeros, a permutation is undone, anything else is multiplied by the one-hot matrix of the indices.
/// </summary>
[GradientOf("Gather")]
internal sealed record GatherGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        Dim[] shape = node.InputShape(0);
        int axis = ShapeContext.Normalize(node.Node.GetInt("axis", 0), shape.Length);
        string signal = OneIndexAxis(node, axis, node.InputShape(1));
        node.Send(0, Known(node, signal, shape, axis) ?? ByMatrix(node, signal, shape, axis));
    }

    /// <summary>The gradient with exactly one axis where the indices' axes (none, one, or several) are.</summary>
    private static string OneIndexAxis(BackwardNode node, int axis, Dim[] indices)
    {
        GraphEmitter emit = node.Emit;
        if (indices.Length == 1)
            return node.Signal;
        if (indices.Length == 0)
            return emit.Unsqueeze(node.Signal, axis);
        string whole = emit.ShapeOf(node.Signal);
        string after = emit.Node("Slice", [whole, emit.Integers(axis + indices.Length), emit.Integers(int.MaxValue)]);
        string flat = axis == 0
            ? emit.Concat([emit.Integers(-1), after], 0)
            : emit.Concat([emit.Node("Slice", [whole, emit.Integers(0), emit.Integers(axis)]), emit.Integers(-1), after], 0);
        return emit.Reshape(node.Signal, flat);
    }

    private static string? Known(BackwardNode node, string signal, Dim[] shape, int axis)
    {
        if (shape[axis].Value is not { } length || node.Constant(1) is not { } constant)
            return null;
        long[] indices = Array.ConvertAll(constant.ToInt64s(), index => index < 0 ? index + length : index);
        if (indices.Length > 0 && Enumerable.Range(1, indices.Length - 1).All(i => indices[i] == indices[i - 1] + 1))
        {
            long[] pads = new long[2 * shape.Length];
            (pads[axis], pads[axis + shape.Length]) = (indices[0], length - 1 - indices[^1]);
            return node.Emit.Pad(signal, pads);
        }

        if (indices.Length != length || indices.Distinct().Count() != length)
            return null;
        long[] back = new long[length];
        for (int i = 0; i < indices.Length; i++)
            back[indices[i]] = i;
        return node.Emit.Node("Gather", [signal, node.Emit.Integers(back)], gather => gather.Set("axis", axis));
    }

    private static string ByMatrix(BackwardNode node, string signal, Dim[] shape, int axis)
    {
        GraphEmitter emit = node.Emit;
        string indices = emit.Reshape(emit.Cast(node.Input(1), OnnxElementType.Int64), -1);
        string depth = emit.Length(shape[axis], node.Input(0), axis);
        string matrix = emit.Node(
            "OneHot", [indices, emit.Squeeze(depth, 0), emit.Floats("off-on", [0f, 1f], 2)], oneHot => oneHot.Set("axis", -1));
        return emit.PassBackAlong(signal, shape.Length, axis, matrix);
    }
}
