namespace AudioEmotionXai;

/// <summary>
/// Gather: every slice's gradient goes back to its index; indices that occur more than once add up. A run of neighbours is padded with
/// zeros, a permutation is undone, other constant indices (the frames of a signal) are turned round: every place fetches what came of it.
/// Where one place is asked for far more often than the rest, and where the model computes the indices, values are added up in place
/// (operator set 16 and later) or multiplied by the one-hot matrix of the indices.
/// </summary>
internal static class GatherGradient
{
    // How many times as large as the gradients and the input together a table of places may be
    private const long MostWaste = 4;

    // A quarter of a gibibyte of float32
    private const long LongestAxis = 1L << 26;

    public static void Emit(BackwardNode node)
    {
        Dim[] shape = node.InputShape(0);
        int axis = ShapeContext.Normalize(node.Node.GetInt("axis", 0), shape.Length);
        string signal = OneIndexAxis(node, axis, node.InputShape(1));
        node.Send(0, Known(node, signal, shape, axis) ?? Added(node, signal, shape, axis));
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

        if (indices.Length == length && indices.Distinct().Count() == length)
        {
            long[] back = new long[length];
            for (int i = 0; i < indices.Length; i++)
                back[indices[i]] = i;
            return node.Emit.Node("Gather", [signal, node.Emit.Integers(back)], gather => gather.Set("axis", axis));
        }

        return TurnedRound(node, signal, shape.Length, axis, indices, length);
    }

    /// <summary>Every place fetches the values that were taken from it, of which there are a few, and sums them; a place that was asked for
    /// less often fetches zeros from behind the end.</summary>
    private static string? TurnedRound(BackwardNode node, string signal, int rank, int axis, long[] indices, long length)
    {
        if (length is < 1 or > LongestAxis)
            return null;
        long[] asked = new long[length];
        foreach (long index in indices)
            asked[index]++;
        long most = asked.Max();
        if (most * length > MostWaste * (indices.Length + length))
            return null;
        long[] places = new long[most * length];
        Array.Fill(places, indices.Length);
        for (int i = 0; i < indices.Length; i++)
            places[(--asked[indices[i]] * length) + indices[i]] = i;
        GraphEmitter emit = node.Emit;
        long[] pads = new long[2 * rank];
        pads[axis + rank] = 1;
        string fetched = emit.Node(
            "Gather", [emit.Pad(signal, pads), emit.Table(places, most, length)], gather => gather.Set("axis", axis));
        return emit.ReduceSum(fetched, [axis], keepDims: false);
    }

    private static string Added(BackwardNode node, string signal, Dim[] shape, int axis)
    {
        if (node.Opset < 16)
            return ByMatrix(node, signal, shape, axis);
        GraphEmitter emit = node.Emit;
        long[] swap = GraphEmitter.Axes(0, shape.Length);
        (swap[0], swap[axis]) = (axis, 0);
        string indices = emit.Reshape(emit.Cast(node.Input(1), OnnxElementType.Int64), -1, 1);
        string zeros = emit.ZerosLike(node.Input(0));
        string added = emit.Node(
            "ScatterND", [Swapped(zeros), emit.NonNegative(indices, emit.Length(shape[axis], node.Input(0), axis)), Swapped(signal)],
            scatter => scatter.Set("reduction", "add"));
        return Swapped(added);

        string Swapped(string tensor) => axis == 0 ? tensor : emit.Transpose(tensor, swap);
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
