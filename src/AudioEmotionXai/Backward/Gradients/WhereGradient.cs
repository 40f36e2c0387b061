namespace AudioEmotionXai;

/// <summary>Where: each cell's gradient goes to the side that was chosen; the condition gets none.</summary>
[GradientOf("Where")]
internal sealed record WhereGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        if (node.Wants(1))
            node.Send(1, Broadcasting.SumTo(node, emit.Where(node.Input(0), node.Signal, emit.Scalar(0)), 1));
        if (node.Wants(2))
            node.Send(2, Broadcasting.SumTo(node, emit.Where(node.Input(0), emit.Scalar(0), node.Signal), 2));
    }
}
