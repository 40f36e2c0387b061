namespace AudioEmotionXai;

/// <summary>ReduceLogSumExp: the gradient times each cell's share, exp(x - y).</summary>
[GradientOf("ReduceLogSumExp")]
internal sealed record ReduceLogSumExpGradient : ReductionGradient
{
    private protected override string PassBack(BackwardNode node, string signal, string y, long[] axes) =>
        node.Emit.Mul(signal, node.Emit.Exp(node.Emit.Sub(node.Input(0), y)));
}
