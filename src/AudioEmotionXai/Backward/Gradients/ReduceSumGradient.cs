namespace AudioEmotionXai;

/// <summary>ReduceSum: every cell gets the gradient of its sum.</summary>
[GradientOf("ReduceSum")]
internal sealed record ReduceSumGradient : ReductionGradient
{
    private protected override string PassBack(BackwardNode node, string signal, string y, long[] axes) =>
        node.Emit.ExpandLike(signal, node.Input(0));
}
