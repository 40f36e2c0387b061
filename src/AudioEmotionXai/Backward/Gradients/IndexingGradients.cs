namespace AudioEmotionXai;

/// <summary>
/// Gather: every slice's gradient goes back to its index; indices that occur more than once add up. A run of neighbours is padded with
/// zeros, a permutation is undone, anything else is multiplied by the one-hot matrix of the indices.
/// </summary>
internal static class GatherGradient
{
    public static void Emit(BackwardNode node)
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

/// <summary>GatherElements: every value goes back to its index; indices that occur more than once add up, which takes operator set
/// 16.</summary>
internal static class GatherElementsGradient
{
    public static void Emit(BackwardNode node)
    {
        if (node.Opset < 16)
            throw node.Unsupported("adding up values of one index takes operator set 16 or later");
        node.Send(0, node.Emit.Node("ScatterElements", [node.Emit.ZerosLike(node.Input(0)), node.Input(1), node.Signal], scatter =>
            scatter.Set("axis", node.Node.GetInt("axis", 0)).Set("reduction", "add")));
    }
}

/// <summary>Slice: the gradient goes back to where it was cut from, zeros elsewhere.</summary>
internal static class SliceGradient
{
    public static void Emit(BackwardNode node) =>
        node.Send(0, KnownPads(node) is { } pads ? node.Emit.Pad(node.Signal, pads) : Scattered(node));

    /// <summary>The zeros around the slice: begins, then ends, or null where it takes steps or its place is not known before the
    /// run.</summary>
    private static long[]? KnownPads(BackwardNode node)
    {
        Dim[] shape = node.InputShape(0);
        Dim[] cut = node.OutputShape();
        if (node.ConstantIntegers(1) is not { } starts)
            return null;
        long[] axes = node.ConstantIntegers(3) ?? GraphEmitter.Axes(0, starts.Length);
        long[] steps = node.ConstantIntegers(4) ?? [.. starts.Select(_ => 1L)];
        long[] pads = new long[2 * shape.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = ShapeContext.Normalize(axes[i], shape.Length);
            if (cut[axis] == shape[axis] && steps[i] == 1)
                continue;
            if (steps[i] != 1 || shape[axis].Value is not { } length || cut[axis].Value is not { } kept)
                return null;
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + length : starts[i], 0, length);
            pads[axis] = start;
            pads[axis + shape.Length] = length - start - kept;
        }

        return pads;
    }

    /// <summary>The same slice of the cells' positions says where each value goes.</summary>
    private static string Scattered(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string x = node.Input(0);
        string positions = emit.Node("Slice", [emit.Positions(x), .. node.Node.Inputs.Skip(1)]);
        string scattered = emit.Node(
            "ScatterElements", [emit.ZerosFor(x), emit.Reshape(positions, -1), emit.Reshape(node.Signal, -1)],
            scatter => scatter.Set("axis", 0));
        return emit.ReshapeLike(scattered, x);
    }
}
