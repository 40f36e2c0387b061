namespace AudioEmotionXai;

/// <summary>ReduceL1: the gradient times the sign of each cell.</summary>
[GradientOf("ReduceL1")]
internal sealed record ReduceL1Gradient : ReductionGradient
{
    private protected override string PassBack(BackwardNode node, string signal, string y, long[] axes) =>
        node.Emit.Mul(signal, node.Emit.Sign(node.Input(0)));
}
