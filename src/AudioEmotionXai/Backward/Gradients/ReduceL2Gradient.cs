namespace AudioEmotionXai;

/// <summary>ReduceL2: the gradient times x / y; 0 where the norm is 0.</summary>
[GradientOf("ReduceL2")]
internal sealed record ReduceL2Gradient : ReductionGradient
{
    // The smallest normal number: a norm of 0 has only cells of 0, which then give 0 and not 0/0
    private const float Smallest = 1.17549435e-38f;

    private protected override string PassBack(BackwardNode node, string signal, string y, long[] axes)
    {
        GraphEmitter emit = node.Emit;
        return emit.Mul(signal, emit.Div(node.Input(0), emit.Max(y, emit.Scalar(Smallest))));
    }
}
