namespace AudioEmotionXai;

/// <summary>Reciprocal: -y².</summary>
[GradientOf("Reciprocal")]
internal sealed record ReciprocalGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Neg(emit.Square(y));
}
