using AudioEmotionXai.Onnx.Shapes;

namespace AudioEmotionXai.Backward.Gradients;

/// <summary>
/// Pad: with constants, the padding's gradient is cut off (and zeros stand for what a negative padding had cut off); otherwise it is
/// added to the cells that the padding repeats, through the matrix that padding the identity matrix gives.
/// </summary>
[GradientOf("Pad")]
internal sealed record PadGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
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
        long[] axes = node.Integers("axes", 3) ?? Standardization.Axes(0, rank);
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
        long[] cut = [.. Standardization.Axes(0, rank).Where(axis => pads[axis] > 0 || pads[axis + rank] > 0)];
        if (cut.Length > 0)
            signal = emit.Slice(signal, [.. cut.Select(axis => Math.Max(0, pads[axis]))], [.. cut.Select(axis => pads[axis + rank] > 0 ? -pads[axis + rank] : int.MaxValue)], cut);
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
            string identity = emit.Identity(shape[axis], node.Input(0), axis);
            string matrix = emit.Node("Pad", [identity, emit.Integers(pads[axis], 0, pads[axis + rank], 0)], pad => pad.Set("mode", mode));
            signal = emit.PassBackAlong(signal, rank, axis, matrix);
        }

        return signal;
    }
}
