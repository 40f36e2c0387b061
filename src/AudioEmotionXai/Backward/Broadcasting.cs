namespace AudioEmotionXai;

/// <summary>The way back through broadcasting, for all elementwise operators: what was repeated is summed.</summary>
internal static class Broadcasting
{
    /// <summary>Sums a signal of the output's shape down to the shape of an input that was broadcast to it.</summary>
    /// <param name="node">The node at work.</param>
    /// <param name="signal">A tensor of the node's output shape.</param>
    /// <param name="input">The input whose shape is wanted.</param>
    public static string SumTo(BackwardNode node, string signal, int input) => SumTo(node, signal, node.OutputShape(), input);

    /// <summary>Sums a signal of a given shape down to the shape of an input.</summary>
    public static string SumTo(BackwardNode node, string signal, Dim[] from, int input)
    {
        Dim[] to = node.InputShape(input);
        List<long> axes = [];
        bool uncertain = false;
        for (int axis = 0; axis < from.Length; axis++)
        {
            int own = axis - (from.Length - to.Length);
            if (own < 0 || (to[own] == 1 && from[axis] != 1))
                axes.Add(axis);
            else
                uncertain |= to[own] != from[axis];
        }

        if (uncertain)
            return node.Opset >= 13 ? SumAtRunTime(node, signal, input, from.Length) : SumByMatrices(node, signal, from, input);
        string summed = node.Emit.ReduceSum(signal, [.. axes]);
        return from.Length == to.Length
            ? summed
            : node.Emit.Squeeze(summed, GraphEmitter.Axes(0, from.Length - to.Length));
    }

    /// <summary>Lengths that only the run knows: the axes to sum are found by comparing shapes in the graph.</summary>
    private static string SumAtRunTime(BackwardNode node, string signal, int input, int rank)
    {
        GraphEmitter emit = node.Emit;
        string own = emit.ShapeOf(node.Input(input));
        int missing = rank - node.InputShape(input).Length;
        string aligned = missing == 0 ? own : emit.Concat([emit.Integers([.. Enumerable.Repeat(1L, missing)]), own], 0);
        string differs = emit.Not(emit.Equal(aligned, emit.ShapeOf(signal)));
        string axes = emit.Squeeze(emit.Transpose(emit.Node("NonZero", [differs]), 1, 0), 1);
        string summed = emit.Node("ReduceSum", [signal, axes], reduce => reduce.Set("keepdims", 1).Set("noop_with_empty_axes", 1));
        return emit.Reshape(summed, own);
    }

    /// <summary>
    /// Before operator set 13 the axes of a sum must be constants. A product with the identity matrix changes nothing, one with a column
    /// of ones sums: which of the two it is follows from the input's length at run time.
    /// </summary>
    private static string SumByMatrices(BackwardNode node, string signal, Dim[] from, int input)
    {
        GraphEmitter emit = node.Emit;
        Dim[] to = node.InputShape(input);
        int missing = from.Length - to.Length;
        for (int axis = missing; axis < from.Length; axis++)
        {
            if (to[axis - missing] == from[axis])
                continue;
            string own = emit.ToFloat(emit.LengthOf(node.Input(input), axis - missing));
            string cells = emit.ToFloat(emit.Count(emit.LengthOf(signal, axis)));
            string columns = emit.ToFloat(emit.Count(emit.LengthOf(node.Input(input), axis - missing)));
            string column = emit.Min(cells, emit.Shift(own, -1));
            signal = emit.PassBackAlong(signal, from.Length, axis, emit.Same(emit.Unsqueeze(column, 1), emit.Unsqueeze(columns, 0)));
        }

        return missing == 0
            ? signal
            : emit.ReduceSum(signal, GraphEmitter.Axes(0, missing), keepDims: false);
    }
}
