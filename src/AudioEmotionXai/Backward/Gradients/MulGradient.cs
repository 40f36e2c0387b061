namespace AudioEmotionXai;

/// <summary>Mul, y = a b: da = dy b, db = dy a.</summary>
[GradientOf("Mul")]
internal sealed record MulGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        for (int i = 0; i < 2; i++)
            if (node.Wants(i))
                node.Send(i, Broadcasting.SumTo(node, node.Emit.Mul(node.Signal, node.Input(1 - i)), i));
    }
}
