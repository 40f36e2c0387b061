namespace AudioEmotionXai;

/// <summary>Sin: cos x.</summary>
[GradientOf("Sin")]
internal sealed record SineGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Node("Cos", [x]);
}
