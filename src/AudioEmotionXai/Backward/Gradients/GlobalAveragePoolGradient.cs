namespace AudioEmotionXai;

/// <summary>GlobalAveragePool: every cell gets the gradient divided by the number of cells.</summary>
[GradientOf("GlobalAveragePool")]
internal sealed record GlobalAveragePoolGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
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
        long[] axes = [.. Enumerable.Range(2, node.InputShape(0).Length - 2).Select(axis => (long)axis)];
        string lengths = emit.Node("Gather", [emit.ShapeOf(node.Input(0)), emit.Integers(axes)]);
        return emit.ToFloat(emit.Node("ReduceProd", [lengths], reduce => reduce.Set("keepdims", 0)));
    }
}
