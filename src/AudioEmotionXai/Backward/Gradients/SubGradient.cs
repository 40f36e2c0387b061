namespace AudioEmotionXai;

/// <summary>Sub, y = a - b: da = dy, db = -dy.</summary>
[GradientOf("Sub")]
internal sealed record SubGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        if (node.Wants(0))
            node.Send(0, Broadcasting.SumTo(node, node.Signal, 0));
        if (node.Wants(1))
            node.Send(1, node.Emit.Neg(Broadcasting.SumTo(node, node.Signal, 1)));
    }
}
