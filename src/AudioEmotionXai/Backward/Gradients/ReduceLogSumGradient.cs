namespace AudioEmotionXai;

/// <summary>ReduceLogSum, y = log of the sum: the gradient divided by the sum, exp(-y).</summary>
[GradientOf("ReduceLogSum")]
internal sealed record ReduceLogSumGradient : ReductionGradient
{
    private protected override string PassBack(BackwardNode node, string signal, string y, long[] axes) =>
        node.Emit.ExpandLike(node.Emit.Mul(signal, node.Emit.Exp(node.Emit.Neg(y))), node.Input(0));
}
