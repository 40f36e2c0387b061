namespace AudioEmotionXai;

/// <summary>Exp: y itself.</summary>
[GradientOf("Exp")]
internal sealed record ExponentialGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        y;
}
