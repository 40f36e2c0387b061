namespace AudioEmotionXai;

/// <summary>Cos: -sin x.</summary>
[GradientOf("Cos")]
internal sealed record CosineGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Neg(emit.Node("Sin", [x]));
}
