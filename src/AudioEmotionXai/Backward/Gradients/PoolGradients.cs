namespace AudioEmotionXai;

/// <summary>Pools: what arrives at a window goes back to its cells.</summary>
internal static class PoolGradients
{
    /// <summary>MaxPool: each window's gradient goes to its first maximum in row-major order; windows that overlap add up.</summary>
    public static void Max(BackwardNode node) => node.Send(0, MaxPoolRouting.Emit(node, node.Signal));

    /// <summary>GlobalMaxPool: each channel's gradient goes to its first maximum in row-major order, as MaxPool has it.</summary>
    public static void GlobalMax(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string cells = emit.Reshape(node.Input(0), 0, 0, -1);
        string winner = emit.Node("ArgMax", [cells], argMax => argMax.Set("axis", 2).Set("keepdims", 1));
        string scattered = emit.Node(
            "ScatterElements", [emit.ZerosLike(cells), winner, emit.Reshape(node.Signal, 0, 0, 1)], scatter => scatter.Set("axis", 2));
        node.Send(0, emit.ReshapeLike(scattered, node.Input(0)));
    }

    /// <summary>AveragePool: each window's gradient divided by the cells it averaged, spread over these by the transposed convolution with
    /// ones.</summary>
    public static void Average(BackwardNode node)
    {
        long[] kernel = node.Node.GetInts("kernel_shape") ?? throw node.Unsupported("it has no kernel_shape");
        WindowGeometry window = WindowGeometry.Of(node.Node, kernel);
        if (node.InputShape(0)[1] is not { IsFixed: true } channels)
            throw node.Unsupported("its number of channels is not fixed");
        string ones = node.Emit.FloatsOnce($"ones:{channels.Offset}:{string.Join(',', kernel)}", () =>
        {
            float[] values = GraphEmitter.NewFloats([channels.Offset, .. kernel]);
            Array.Fill(values, 1);
            return (values, [channels.Offset, 1, .. kernel]);
        });
        string share = new AveragedCells(node, window).Divide(node.Signal);
        node.Send(0, TransposedConvolution.Emit(node, share, ones, window, channels.Offset));
    }

    /// <summary>GlobalAveragePool: every cell gets the gradient divided by the number of cells.</summary>
    public static void GlobalAverage(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        Dim cells = Dim.Product(node.InputShape(0).AsSpan(2));
        string share = cells.IsFixed
            ? emit.Mul(node.Signal, emit.Scalar(1f / cells.Offset))
            : emit.Div(node.Signal, RunTimeCells(node));
        node.Send(0, emit.ExpandLike(share, node.Input(0)));
    }

    private static string RunTimeCells(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        long[] axes = GraphEmitter.Axes(2, node.InputShape(0).Length);
        string lengths = emit.Node("Gather", [emit.ShapeOf(node.Input(0)), emit.Integers(axes)]);
        return emit.ToFloat(emit.Node("ReduceProd", [lengths], reduce => reduce.Set("keepdims", 0)));
    }
}

/// <summary>
/// How many cells each window of an AveragePool averages. The number differs at the borders: cells of padding count only where
/// count_include_pad says so, and cells beyond the padding, which ceil_mode reaches, never.
/// </summary>
internal sealed class AveragedCells(BackwardNode node, WindowGeometry window)
{
    private readonly bool _includesPadding = node.Node.GetInt("count_include_pad", 0) != 0;

    /// <summary>A tensor of the pool's output shape divided by the number of cells of each window.</summary>
    public string Divide(string tensor)
    {
        long cells = 1;
        for (int axis = 0; axis < window.Axes; axis++)
        {
            if (AlwaysFull(axis))
                cells *= window.Kernel[axis];
            else
                tensor = node.Emit.Div(tensor, Counts(axis));
        }

        return node.Emit.Scale(tensor, 1f / cells);
    }

    private bool AlwaysFull(int axis)
    {
        if (window.ExplicitPads is not { } pads || node.Node.GetInt("ceil_mode", 0) != 0)
            return false;
        return _includesPadding || (pads[axis] == 0 && pads[axis + window.Axes] == 0);
    }

    /// <summary>The cells along one axis for each window, in a shape that broadcasts.</summary>
    private string Counts(int axis)
    {
        Dim length = node.InputShape(0)[axis + 2];
        if (length.IsFixed && node.OutputShape()[axis + 2] is { IsFixed: true } windows)
            return KnownCounts(axis, length.Offset, windows.Offset);
        if (window.ExplicitPads is not { } pads || window.Dilations[axis] != 1)
            throw node.Unsupported(
                $"the cells that its windows average depend on the free length of axis {axis + 2} (auto_pad {window.AutoPad}, dilation "
                    + $"{window.Dilations[axis]})");
        return RunTimeCounts(axis, pads[axis], pads[axis + window.Axes]);
    }

    private string KnownCounts(int axis, long length, long windows)
    {
        (long begin, long end) = window.PadsFor(axis, length)!.Value;
        (long first, long last) = _includesPadding ? (-begin, length + end) : (0, length);
        float[] counts = GraphEmitter.NewFloats(windows);
        for (long i = 0; i < windows; i++)
        {
            long start = (i * window.Strides[axis]) - begin;
            counts[i] = Math.Max(0, TapsBefore(last) - TapsBefore(first));
            // Taps at start, start + dilation, … that lie before a cell
            long TapsBefore(long cell) =>
                Math.Clamp((cell - start + window.Dilations[axis] - 1) / window.Dilations[axis], 0, window.Kernel[axis]);
        }

        return node.Emit.Floats("counts", counts, Along(axis, windows));
    }

    private string RunTimeCounts(int axis, long begin, long end)
    {
        GraphEmitter emit = node.Emit;
        string windows = emit.ToFloat(emit.Count(emit.LengthOf(node.Output(), axis + 2)));
        string start = emit.Shift(emit.Scale(windows, window.Strides[axis]), -begin);
        string length = emit.ToFloat(emit.LengthOf(node.Input(0), axis + 2));
        string from = emit.Max(start, emit.Scalar(_includesPadding ? -begin : 0));
        string to = emit.Min(emit.Shift(start, window.Kernel[axis]), _includesPadding ? emit.Shift(length, end) : length);
        return emit.Reshape(emit.Sub(to, from), Along(axis, -1));
    }

    private long[] Along(int axis, long length) => [length, .. Enumerable.Repeat(1L, window.Axes - 1 - axis)];
}
