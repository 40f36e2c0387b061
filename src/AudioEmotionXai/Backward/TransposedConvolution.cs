namespace AudioEmotionXai;

/// <summary>
/// The transpose of a Conv node as a linear map, applied to a signal: what gradients and all linear relevance rules go back with.
/// With stride 1 it is a convolution with flipped, channel-transposed kernels, which runtimes run fastest; otherwise a ConvTranspose
/// with the output padding that each axis needs.
/// </summary>
internal static class TransposedConvolution
{
    /// <param name="node">A Conv node.</param>
    /// <param name="signal">A tensor of the convolution's output shape.</param>
    /// <param name="weight">The weights, perhaps modified, in the layout of the Conv: (M, C/group, kernel…).</param>
    public static string Emit(BackwardNode node, string signal, string weight) =>
        Emit(node, signal, weight, WindowGeometry.Of(node.Node, Kernel(node)), node.Node.GetInt("group", 1));

    /// <param name="node">A node whose windows move like a convolution's, such as an average pool.</param>
    /// <param name="signal">A tensor of the node's output shape.</param>
    /// <param name="weight">Weights in the layout of a Conv.</param>
    /// <param name="window">How the windows move.</param>
    /// <param name="group">The groups of channels.</param>
    public static string Emit(BackwardNode node, string signal, string weight, WindowGeometry window, long group)
    {
        Dim[] shape = node.InputShape(0);
        if (Array.TrueForAll(window.Strides, stride => stride == 1)
            && FullPads(window, shape) is { } pads
            && node.Graph.Constant(weight) is { } constant)
            return AsConvolution(node, signal, weight, constant, window, pads, group);
        if (group == 1
            && RoutedSignals.Of(node.Graph).Find(signal) is { Planes: not null } routed
            && shape is [_, _, { IsFixed: true }, { IsFixed: true }]
            && node.Graph.Constant(weight) is { } kernels)
            return PhasedConvolution.Transpose(node, routed, weight, kernels, window);
        return AsConvTranspose(node, signal, weight, window, shape, group);
    }

    private static long[] Kernel(BackwardNode node)
    {
        Dim[] weight = node.InputShape(1);
        return [.. weight.Skip(2).Select(length => length.Value ?? throw node.Unsupported("its kernel's size is not fixed"))];
    }

    /// <summary>The paddings that turn a stride-1 correlation into its transpose, or null where one would be negative.</summary>
    private static long[]? FullPads(WindowGeometry window, Dim[] shape)
    {
        long[] pads = new long[2 * window.Axes];
        for (int axis = 0; axis < window.Axes; axis++)
        {
            // At stride 1 the paddings of SAME do not depend on the length
            (long begin, long end) = window.PadsFor(axis, shape[axis + 2].Value ?? window.Extent(axis))!.Value;
            pads[axis] = window.Extent(axis) - 1 - begin;
            pads[axis + window.Axes] = window.Extent(axis) - 1 - end;
        }

        return Array.TrueForAll(pads, pad => pad >= 0) ? pads : null;
    }

    private static string AsConvolution(
        BackwardNode node, string signal, string weight, OnnxTensor constant, WindowGeometry window, long[] pads, long group)
    {
        string flipped = node.Emit.FloatsOnce($"flipped:{group}:{weight}", () => Flip(constant, (int)group));
        return node.Emit.Node("Conv", [signal, flipped], conv => conv.SetWindow(window, pads).Set("group", group));
    }

    private static string AsConvTranspose(BackwardNode node, string signal, string weight, WindowGeometry window, Dim[] shape, long group)
    {
        long[] pads = new long[2 * window.Axes];
        long[] outputPadding = new long[window.Axes];
        List<long> crop = [];
        List<int> shift = [];
        for (int axis = 0; axis < window.Axes; axis++)
        {
            Dim length = shape[axis + 2];
            if (window.PadsFor(axis, length) is not { } ends)
                shift.Add(axis);
            else
                (pads[axis], pads[axis + window.Axes]) = ends;
            if (length.IsFixed)
            {
                long reached =
                    ((window.OutputLength(axis, length).Offset - 1) * window.Strides[axis])
                    + window.Extent(axis)
                    - pads[axis]
                    - pads[axis + window.Axes];
                outputPadding[axis] = Math.Max(0, length.Offset - reached);
                // With ceil_mode the last window reaches beyond the padding
                pads[axis + window.Axes] += Math.Max(0, reached - length.Offset);
            }
            else
            {
                outputPadding[axis] = window.Strides[axis] - 1;
                if (window.Strides[axis] > 1 && !shift.Contains(axis))
                    crop.Add(axis + 2);
            }
        }

        string transposed = node.Emit.Node(
            "ConvTranspose", [signal, weight],
            conv => conv.SetWindow(window, pads).Set("output_padding", outputPadding).Set("group", group));
        foreach (int axis in shift)
            transposed = CropCentre(node, transposed, axis + 2, outputPadding[axis], window.AutoPad is "SAME_LOWER");
        return crop.Count == 0 ? transposed : node.Emit.CropLike(transposed, node.Input(0), [.. crop]);
    }

    /// <summary>Cuts off what SAME paddings had added, where these depend on a length that only the run knows.</summary>
    private static string CropCentre(BackwardNode node, string transposed, int axis, long outputPadding, bool lower)
    {
        GraphEmitter emit = node.Emit;
        string length = emit.LengthOf(node.Input(0), axis);
        string excess = emit.Sub(emit.Sub(emit.LengthOf(transposed, axis), emit.Integers(outputPadding)), length);
        string total = emit.Where(emit.Less(excess, emit.Integers(0)), emit.Integers(0), excess);
        string half = emit.Div(total, emit.Integers(2));
        string begin = lower ? emit.Sub(total, half) : half;
        return emit.Node("Slice", [transposed, begin, emit.Add(begin, length), emit.Integers(axis)]);
    }

    /// <summary>(M, C/g, k…) to (C, M/g, k…) with every kernel reversed along its axes.</summary>
    private static (float[] Values, long[] Shape) Flip(OnnxTensor weight, int group)
    {
        ReadOnlySpan<float> source = weight.Floats;
        int outputs = (int)weight.Shape[0] / group;
        int inputs = (int)weight.Shape[1];
        int cells = outputs == 0 || inputs == 0 ? 0 : source.Length / (outputs * inputs * group);
        float[] flipped = new float[source.Length];
        for (int g = 0; g < group; g++)
            for (int o = 0; o < outputs; o++)
                for (int i = 0; i < inputs; i++)
                {
                    int from = (((g * outputs) + o) * inputs + i) * cells;
                    int to = (((g * inputs) + i) * outputs + o) * cells;
                    source.Slice(from, cells).CopyTo(flipped.AsSpan(to, cells));
                    flipped.AsSpan(to, cells).Reverse();
                }

        return (flipped, [(long)inputs * group, outputs, .. weight.Shape.Skip(2)]);
    }
}

/// <summary>
/// The transpose of a strided convolution, applied to a signal that is known by phases: the phases become channels, each with the kernel at
/// its own offset, and the stride grows by their number. The signal need not be put together, and the windows to add up are fewer.
/// </summary>
internal static class PhasedConvolution
{
    /// <param name="node">A Conv node without groups over two axes.</param>
    /// <param name="signal">A signal of the convolution's output shape, with planes.</param>
    /// <param name="weight">The weights' name, in the layout of the Conv.</param>
    /// <param name="kernels">The weights.</param>
    /// <param name="window">How the windows move.</param>
    public static string Transpose(BackwardNode node, RoutedSignal signal, string weight, OnnxTensor kernels, WindowGeometry window)
    {
        int phases = signal.Phases;
        (long[] kernel, long[] strides, long[] pads, long[] outputPadding) = (new long[2], new long[2], new long[4], new long[2]);
        for (int axis = 0; axis < 2; axis++)
        {
            Dim length = node.InputShape(0)[axis + 2];
            kernel[axis] = window.Extent(axis) + (window.Strides[axis] * (phases - 1));
            strides[axis] = window.Strides[axis] * phases;
            (pads[axis], pads[axis + 2]) = window.PadsFor(axis, length)!.Value;
            long cells = (node.OutputShape()[axis + 2].Offset + phases - 1) / phases;
            long reached = ((cells - 1) * strides[axis]) + kernel[axis] - pads[axis] - pads[axis + 2];
            outputPadding[axis] = Math.Max(0, length.Offset - reached);
            pads[axis + 2] += Math.Max(0, reached - length.Offset);
        }

        string phased = node.Emit.FloatsOnce(
            $"phased:{phases}:{window.Strides[0]}:{window.Strides[1]}:{weight}", () => ByPhase(kernels, window, phases, kernel));
        return node.Emit.Node(
            "ConvTranspose", [signal.Planes!, phased],
            conv => conv.Set("kernel_shape", kernel).Set("strides", strides).Set("pads", pads).Set("output_padding", outputPadding));
    }

    /// <summary>(M, C, k, k) to (phases × phases × M, C, K, K): the kernel of each phase begins where the phase does.</summary>
    private static (float[] Values, long[] Shape) ByPhase(OnnxTensor kernels, WindowGeometry window, int phases, long[] kernel)
    {
        ReadOnlySpan<float> source = kernels.Floats;
        (int height, int width) = ((int)kernels.Shape[2], (int)kernels.Shape[3]);
        int planes = (int)(kernels.Shape[0] * kernels.Shape[1]), cells = (int)(kernel[0] * kernel[1]);
        float[] target = new float[phases * phases * planes * cells];
        for (int phase = 0; phase < phases * phases; phase++)
            for (int plane = 0; plane < planes; plane++)
                for (int row = 0; row < height; row++)
                    for (int column = 0; column < width; column++)
                    {
                        long y = (window.Strides[0] * (phase / phases)) + (window.Dilations[0] * row);
                        long x = (window.Strides[1] * (phase % phases)) + (window.Dilations[1] * column);
                        target[(((phase * planes) + plane) * cells) + (y * kernel[1]) + x] =
                            source[(((plane * height) + row) * width) + column];
                    }

        return (target, [phases * phases * kernels.Shape[0], kernels.Shape[1], .. kernel]);
    }
}
