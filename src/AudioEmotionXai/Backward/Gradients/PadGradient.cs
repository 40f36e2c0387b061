namespace AudioEmotionXai;

/// <summary>
/// Pad: with constants, the padding's gradient is cut off (and zeros stand for what a negative padding had cut off); otherwise it is
/// added to the cells that the padding repeats: a reflected end is turned round and laid back, others go through the matrix that padding
/// the identity matrix gives.
/// </summary>
internal static class PadGradient
{
    public static void Emit(BackwardNode node)
    {
        if (node.Wants(2))
            throw node.Unsupported($"its padding value '{node.Input(2)}' is computed from the input; a constant was expected");
        string mode = node.Node.GetString("mode", "constant");
        int rank = node.InputShape(0).Length;
        if (mode is "constant" && node.ConstantIntegers(1) is null)
        {
            string[] axes = node.Node.HasInput(3) ? ["", node.Input(3)] : [];
            node.Send(0, node.Emit.Node("Pad", [node.Signal, node.Emit.Neg(node.Input(1)), .. axes]));
            return;
        }

        long[] pads = PadsOfAllAxes(node, rank);
        node.Send(0, mode is "constant" ? Cropped(node.Emit, node.Signal, pads, rank) : Folded(node, pads, rank, mode));
    }

    private static long[] PadsOfAllAxes(BackwardNode node, int rank)
    {
        long[] given = node.Integers("pads", 1)!;
        long[] axes = node.Integers("axes", 3) ?? GraphEmitter.Axes(0, rank);
        long[] pads = new long[2 * rank];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = ShapeContext.Normalize(axes[i], rank);
            (pads[axis], pads[axis + rank]) = (given[i], given[i + axes.Length]);
        }

        return pads;
    }

    private static string Cropped(GraphEmitter emit, string signal, long[] pads, int rank)
    {
        long[] cut = [.. GraphEmitter.Axes(0, rank).Where(axis => pads[axis] > 0 || pads[axis + rank] > 0)];
        if (cut.Length > 0)
            signal = emit.Slice(
                signal, [.. cut.Select(axis => Math.Max(0, pads[axis]))],
                [.. cut.Select(axis => pads[axis + rank] > 0 ? -pads[axis + rank] : int.MaxValue)], cut);
        long[] lost = [.. pads.Select(pad => Math.Max(0, -pad))];
        return lost.Any(pad => pad > 0) ? emit.Pad(signal, lost) : signal;
    }

    private static string Folded(BackwardNode node, long[] pads, int rank, string mode)
    {
        GraphEmitter emit = node.Emit;
        string signal = node.Signal;
        Dim[] shape = node.InputShape(0);
        for (int axis = 0; axis < rank; axis++)
        {
            if (pads[axis] == 0 && pads[axis + rank] == 0)
                continue;
            if (mode is "reflect" && shape[axis].Value is { } length && Math.Min(pads[axis], pads[axis + rank]) >= 0)
            {
                signal = Unfolded(emit, signal, axis, rank, (pads[axis], length, pads[axis + rank]));
                continue;
            }

            string identity = emit.Identity(shape[axis], node.Input(0), axis);
            string matrix = emit.Node("Pad", [identity, emit.Integers(pads[axis], 0, pads[axis + rank], 0)], pad => pad.Set("mode", mode));
            signal = emit.PassBackAlong(signal, rank, axis, matrix);
        }

        return signal;
    }

    /// <summary>A mirrored axis, of so many cells before, within and after: what lies beyond the ends is turned round and added next to
    /// them.</summary>
    private static string Unfolded(GraphEmitter emit, string signal, int axis, int rank, (long Before, long Within, long After) cells)
    {
        (long before, long within, long after) = cells;
        string sum = emit.Slice(signal, [before], [before + within], [axis]);
        if (before > 0)
            sum = emit.Add(sum, Placed(emit, Turned(emit, signal, before - 1, -int.MaxValue, axis), axis, rank, 1, within - 1 - before));
        if (after > 0)
            sum = emit.Add(
                sum,
                Placed(
                    emit, Turned(emit, signal, before + within + after - 1, before + within - 1, axis), axis, rank, within - 1 - after, 1));
        return sum;
    }

    private static string Turned(GraphEmitter emit, string signal, long first, long end, int axis) =>
        emit.Node("Slice", [signal, emit.Integers(first), emit.Integers(end), emit.Integers(axis), emit.Integers(-1)]);

    private static string Placed(GraphEmitter emit, string part, int axis, int rank, long before, long after)
    {
        long[] pads = new long[2 * rank];
        (pads[axis], pads[axis + rank]) = (before, after);
        return emit.Pad(part, pads);
    }
}
