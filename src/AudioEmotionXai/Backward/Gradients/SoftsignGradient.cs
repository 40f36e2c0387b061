namespace AudioEmotionXai;

/// <summary>Softsign: 1 / (1 + |x|)².</summary>
[GradientOf("Softsign")]
internal sealed record SoftsignGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Reciprocal(emit.Square(emit.Shift(emit.Abs(x), 1)));
}
