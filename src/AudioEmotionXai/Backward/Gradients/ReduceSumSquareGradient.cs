namespace AudioEmotionXai;

/// <summary>ReduceSumSquare: the gradient times twice each cell.</summary>
[GradientOf("ReduceSumSquare")]
internal sealed record ReduceSumSquareGradient : ReductionGradient
{
    private protected override string PassBack(BackwardNode node, string signal, string y, long[] axes) =>
        node.Emit.Mul(node.Emit.Scale(signal, 2), node.Input(0));
}
