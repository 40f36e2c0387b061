namespace AudioEmotionXai;

/// <summary>Erf: 2 / sqrt(pi) · exp(-x²).</summary>
[GradientOf("Erf")]
internal sealed record ErfGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Scale(emit.Exp(emit.Neg(emit.Square(x))), (float)(2 / Math.Sqrt(Math.PI)));
}
