namespace AudioEmotionXai;

/// <summary>Div, y = a / b: da = dy / b, db = -dy y / b.</summary>
[GradientOf("Div")]
internal sealed record DivGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        string share = node.Emit.Div(node.Signal, node.Input(1));
        if (node.Wants(0))
            node.Send(0, Broadcasting.SumTo(node, share, 0));
        if (node.Wants(1))
            node.Send(1, node.Emit.Neg(Broadcasting.SumTo(node, node.Emit.Mul(share, node.Output()), 1)));
    }
}
