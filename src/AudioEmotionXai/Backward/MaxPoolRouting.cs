namespace AudioEmotionXai;

/// <summary>Sends what arrives at a max pool's outputs to the winners, for gradients and relevance alike.</summary>
internal static class MaxPoolRouting
{
    /// <summary>Returns a tensor of the pool's input shape: each window's signal at its first maximum, overlaps summed.</summary>
    public static string Emit(BackwardNode node, string signal) =>
        RoutedSignals
            .Of(node.Graph)
            .Once(node, signal, () => MaxPoolPhases.Find(node)?.Route(signal) ?? new RoutedSignal(node, signal, ByIndices(node, signal)))
            .Tensor;

    private static string ByIndices(BackwardNode node, string signal)
    {
        string indices = Indices(node);
        if (node.Opset >= 16)
            return Scatter(node, indices, signal, "add");
        long[] phases = Phases(node);
        return phases.All(phase => phase == 1) ? Scatter(node, indices, signal, null) : ByPhases(node, indices, signal, phases);
    }

    private static string Scatter(BackwardNode node, string indices, string signal, string? reduction)
    {
        GraphEmitter emit = node.Emit;
        string scattered = emit.Node(
            "ScatterElements",
            [emit.ZerosFor(node.Input(0)), emit.Reshape(indices, -1), emit.Reshape(signal, -1)],
            scatter =>
            {
                scatter.Set("axis", 0);
                if (reduction is not null)
                    scatter.Set("reduction", reduction);
            }
        );
        return emit.ReshapeLike(scattered, node.Input(0));
    }

    /// <summary>How many windows on, along each axis, the next one is that no longer overlaps.</summary>
    private static long[] Phases(BackwardNode node)
    {
        WindowGeometry window = WindowGeometry.Of(node.Node, node.Node.GetInts("kernel_shape")!);
        return
        [
            .. Enumerable.Range(0, window.Axes).Select(axis => (window.Extent(axis) + window.Strides[axis] - 1) / window.Strides[axis]),
        ];
    }

    /// <summary>Before operator set 16 a scatter cannot add: every n-th window, which do not overlap, is scattered by itself.</summary>
    private static string ByPhases(BackwardNode node, string indices, string signal, long[] phases)
    {
        string? sum = null;
        long count = phases.Aggregate(1L, (product, phase) => product * phase);
        for (long index = 0; index < count; index++)
        {
            long[] start = new long[phases.Length];
            for ((int axis, long rest) = (0, index); axis < phases.Length; rest /= phases[axis++])
                start[axis] = rest % phases[axis];
            string part = Scatter(node, EveryNth(node.Emit, indices, start, phases), EveryNth(node.Emit, signal, start, phases), null);
            sum = sum is null ? part : node.Emit.Add(sum, part);
        }

        return sum!;
    }

    private static string EveryNth(GraphEmitter emit, string tensor, long[] start, long[] step)
    {
        long[] axes = GraphEmitter.Axes(2, 2 + step.Length);
        long[] ends = [.. axes.Select(_ => (long)int.MaxValue)];
        return emit.Node("Slice", [tensor, emit.Integers(start), emit.Integers(ends), emit.Integers(axes), emit.Integers(step)]);
    }

    /// <summary>The flat index of each window's winner. The pool is asked for it in a node of its own, so that the forward one stays
    /// fast.</summary>
    private static string Indices(BackwardNode node)
    {
        if (node.Node.GetInt("storage_order", 0) != 0)
            throw node.Unsupported("its storage_order is column-major; row-major was expected");
        string[] outputs = node.Emit.Nodes("MaxPool", [node.Input(0)], 2, pool =>
        {
            foreach (string name in (ReadOnlySpan<string>)["kernel_shape", "strides", "pads", "dilations"])
                if (node.Node.GetInts(name) is { } values)
                    pool.Set(name, values);
            pool.Set("auto_pad", node.Node.GetString("auto_pad", "NOTSET")).Set("ceil_mode", node.Node.GetInt("ceil_mode", 0));
        });
        return outputs[1];
    }
}
