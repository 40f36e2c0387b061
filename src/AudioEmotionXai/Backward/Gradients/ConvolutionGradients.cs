namespace AudioEmotionXai;

/// <summary>Convolutions with constant weights: each goes back through the other.</summary>
internal static class ConvolutionGradients
{
    /// <summary>The gradient goes back through the transposed convolution with the same weights.</summary>
    public static void Conv(BackwardNode node)
    {
        RequireConstantWeights(node);
        node.Send(0, TransposedConvolution.Emit(node, node.Signal, node.Input(1)));
    }

    /// <summary>The gradient goes back through the convolution with the same weights, strides and paddings.</summary>
    public static void ConvTranspose(BackwardNode node)
    {
        RequireConstantWeights(node);
        long[] kernel =
        [
            .. node.InputShape(1).Skip(2).Select(length => length.Value ?? throw node.Unsupported("its kernel's size is not fixed")),
        ];
        WindowGeometry window = WindowGeometry.Of(node.Node, kernel);
        string share = node.Emit.Node(
            "Conv", [node.Signal, node.Input(1)],
            conv => conv.SetWindow(window, Pads(node, window)).Set("group", node.Node.GetInt("group", 1)));
        // Output padding of a whole stride or more lets the convolution take one step too many
        long[] longer =
        [
            .. Enumerable.Range(0, window.Axes).Where(axis => window.OutputPadding[axis] >= window.Strides[axis]).Select(axis => axis + 2L),
        ];
        node.Send(0, longer.Length == 0 ? share : node.Emit.CropLike(share, node.Input(0), longer));
    }

    private static void RequireConstantWeights(BackwardNode node)
    {
        if (node.Wants(1) || node.Wants(2))
            throw node.Unsupported("its weights are computed from the input; constant weights were expected");
    }

    private static long[] Pads(BackwardNode node, WindowGeometry window)
    {
        long[]? lengths = node.Node.GetInts("output_shape");
        if (lengths is null && window.ExplicitPads is { } pads)
            return pads;
        long[] found = new long[2 * window.Axes];
        for (int axis = 0; axis < window.Axes; axis++)
        {
            long total = TotalPadding(node, window, axis, lengths);
            long smaller = total / 2;
            bool upper = window.AutoPad is "SAME_UPPER";
            found[axis] = upper ? smaller : total - smaller;
            found[axis + window.Axes] = upper ? total - smaller : smaller;
        }

        return found;
    }

    /// <summary>What the output lacks of the full transposed length.</summary>
    private static long TotalPadding(BackwardNode node, WindowGeometry window, int axis, long[]? lengths)
    {
        long beyond = window.OutputPadding[axis] + window.Extent(axis);
        if (lengths is null)
            return Math.Max(0, beyond - window.Strides[axis]);
        if (node.InputShape(0)[axis + 2] is not { IsFixed: true } input)
            throw node.Unsupported($"its paddings (output_shape) depend on the free length of axis {axis + 2}");
        long asked = lengths[lengths.Length - window.Axes + axis];
        return NotNegative(node, ((input.Offset - 1) * window.Strides[axis]) + beyond - asked);
    }

    private static long NotNegative(BackwardNode node, long padding) =>
        padding >= 0 ? padding : throw node.Unsupported("its output is longer than the transposed convolution reaches");
}
