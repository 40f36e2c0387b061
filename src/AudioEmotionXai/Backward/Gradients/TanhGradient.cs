namespace AudioEmotionXai;

/// <summary>Tanh: 1 - y².</summary>
[GradientOf("Tanh")]
internal sealed record TanhGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Complement(emit.Square(y));
}
