namespace AudioEmotionXai;

/// <summary>Sigmoid: y (1 - y).</summary>
[GradientOf("Sigmoid")]
internal sealed record SigmoidGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Mul(y, emit.Complement(y));
}
