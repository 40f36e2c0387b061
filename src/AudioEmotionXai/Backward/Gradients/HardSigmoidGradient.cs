namespace AudioEmotionXai;

/// <summary>HardSigmoid, max(0, min(1, alpha x + beta)): alpha where the output is strictly between 0 and 1, else 0.</summary>
[GradientOf("HardSigmoid")]
internal sealed record HardSigmoidGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Scale(emit.Step(emit.Mul(y, emit.Complement(y))), node.Node.GetFloat("alpha", 0.2f));
}
