namespace AudioEmotionXai;

/// <summary>Operators that put the same values elsewhere or repeat them: the gradient is put back, repetitions are summed.</summary>
internal static class RearrangingGradients
{
    /// <summary>Identity, Cast from float32 to float32, and Dropout that drops nothing, at inference or by its ratio of 0: the gradient
    /// passes.</summary>
    public static void Identity(BackwardNode node)
    {
        if (node.Node.OpType is "Dropout"
            && node.Node.HasInput(2)
            && node.Constant(2)?.ToInt64s() is not [0]
            && node.Constant(1)?.ToFloats() is not [0])
            throw node.Unsupported("it is in training mode; a model exported for inference was expected");
        node.Send(0, node.Signal);
    }

    /// <summary>Operators that only give the same values another shape: the gradient gets the old shape back.</summary>
    public static void Reshape(BackwardNode node) => node.Send(0, node.Emit.ReshapeLike(node.Signal, node.Input(0)));

    /// <summary>The gradient's axes go back to where they were.</summary>
    public static void Transpose(BackwardNode node)
    {
        int rank = node.InputShape(0).Length;
        long[] order = node.Node.GetInts("perm") ?? [.. GraphEmitter.Axes(0, rank).Reverse()];
        long[] back = new long[rank];
        for (int axis = 0; axis < rank; axis++)
            back[order[axis]] = axis;
        node.Send(0, node.Emit.Transpose(node.Signal, back));
    }

    /// <summary>Split: the parts' gradients are joined; parts that the score does not depend on count as zeros.</summary>
    public static void Split(BackwardNode node)
    {
        string[] parts = new string[node.Node.Outputs.Count];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = node.SignalOrNull(i) ?? node.Emit.ZerosLike(node.Output(i));
        node.Send(0, node.Emit.Concat(parts, node.Node.GetInt("axis", 0)));
    }

    /// <summary>Every part gets its stretch of the gradient.</summary>
    public static void Concat(BackwardNode node)
    {
        int rank = node.InputShape(0).Length;
        int axis = ShapeContext.Normalize(node.Node.GetInt("axis", 0), rank);
        string? start = null;
        Dim known = 0;
        for (int i = 0; i < node.Node.Inputs.Count; i++)
        {
            Dim length = node.InputShape(i)[axis];
            if (node.Wants(i))
                node.Send(i, Stretch(node, axis, start, known, length, i));
            if (start is null && known.IsFixed && length.IsFixed)
                known += length;
            else
                start = node.Emit.Add(start ?? node.Emit.Integers(known.Offset), node.Emit.Length(length, node.Input(i), axis));
        }
    }

    private static string Stretch(BackwardNode node, int axis, string? start, Dim known, Dim length, int input)
    {
        GraphEmitter emit = node.Emit;
        if (start is null && input == node.Node.Inputs.Count - 1)
            return emit.Slice(node.Signal, [known.Offset], [int.MaxValue], [axis]);
        if (start is null && length.IsFixed)
            return emit.Slice(node.Signal, [known.Offset], [known.Offset + length.Offset], [axis]);
        string from = start ?? emit.Integers(known.Offset);
        return emit.Node("Slice", [node.Signal, from, emit.Add(from, emit.Length(length, node.Input(input), axis)), emit.Integers(axis)]);
    }

    /// <summary>What Expand repeated is summed.</summary>
    public static void Expand(BackwardNode node) => node.SendSummed(0, node.Signal);

    /// <summary>The copies' gradients are summed, axis by axis.</summary>
    public static void Tile(BackwardNode node)
    {
        if (node.Constant(1) is null
            && !(node.Graph.Shapes.TryGet(node.Input(1), out TensorInfo? info) && info.Content?.All(count => count.IsFixed) == true))
        {
            node.Send(0, SumAllCopies(node));
            return;
        }

        long[] repeats = node.Integers("repeats", 1)!;
        Dim[] shape = node.InputShape(0);
        string signal = node.Signal;
        for (int axis = 0; axis < repeats.Length; axis++)
            if (repeats[axis] > 1)
                signal = SumCopies(node.Emit, signal, node.Input(0), shape, axis, repeats[axis]);
        node.Send(0, signal);
    }

    /// <summary>Numbers of copies that only the run knows: every axis as (copies, length), of which the copies are summed.</summary>
    private static string SumAllCopies(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string copies = emit.Unsqueeze(node.Input(1), 1), lengths = emit.Unsqueeze(emit.ShapeOf(node.Input(0)), 1);
        string apart = emit.Reshape(node.Signal, emit.Reshape(emit.Concat([copies, lengths], 1), -1));
        return emit.ReduceSum(apart, [.. GraphEmitter.Axes(0, node.InputShape(0).Length).Select(axis => 2 * axis)], keepDims: false);
    }

    /// <summary>(…, copies · length, …) as (before, copies, length · after), summed, and reshaped to (…, length, …).</summary>
    private static string SumCopies(GraphEmitter emit, string signal, string input, Dim[] shape, int axis, long copies)
    {
        string whole = emit.ShapeOf(signal);
        string before = axis == 0 ? emit.Integers() : emit.Node("Slice", [whole, emit.Integers(0), emit.Integers(axis)]);
        string after = emit.Node("Slice", [whole, emit.Integers(axis + 1), emit.Integers(int.MaxValue)]);
        string length = emit.Length(shape[axis], input, axis);
        string apart = emit.Reshape(
            signal, emit.Concat(axis == 0 ? [emit.Integers(copies), length, after] : [before, emit.Integers(copies), length, after], 0));
        return emit.ReduceSum(apart, [axis], keepDims: false);
    }

    /// <summary>The gradient is summed up from the other end.</summary>
    public static void CumSum(BackwardNode node) =>
        node.Send(0, node.Emit.Node("CumSum", [node.Signal, node.Input(1)], sum =>
            sum.Set("exclusive", node.Node.GetInt("exclusive", 0)).Set("reverse", 1 - node.Node.GetInt("reverse", 0))));

    /// <summary>DepthToSpace with the same block.</summary>
    public static void SpaceToDepth(BackwardNode node)
    {
        long block = node.Node.GetInt("blocksize", 1);
        node.Send(0, node.Emit.Node("DepthToSpace", [node.Signal], toSpace => toSpace.Set("blocksize", block).Set("mode", "DCR")));
    }

    /// <summary>SpaceToDepth with the same block; in mode CRD its channels are then put in the order (channel, row, column) of
    /// that mode.</summary>
    public static void DepthToSpace(BackwardNode node)
    {
        long block = node.Node.GetInt("blocksize", 1);
        string share = node.Emit.Node("SpaceToDepth", [node.Signal], spaceToDepth => spaceToDepth.Set("blocksize", block));
        node.Send(0, node.Node.GetString("mode", "DCR") is "CRD" ? Reordered(node, share, block * block) : share);
    }

    private static string Reordered(BackwardNode node, string share, long cells)
    {
        if (node.InputShape(0)[1] is not { IsFixed: true } depth)
            throw node.Unsupported("its number of channels is not fixed");
        long channels = depth.Offset / cells;
        long[] order = [.. GraphEmitter.Axes(0, (int)depth.Offset).Select(index => (index % cells * channels) + (index / cells))];
        return node.Emit.Node("Gather", [share, node.Emit.Integers(order)], gather => gather.Set("axis", 1));
    }
}
