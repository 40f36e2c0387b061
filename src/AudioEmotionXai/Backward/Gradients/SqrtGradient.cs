namespace AudioEmotionXai;

/// <summary>Sqrt: 1 / 2y.</summary>
[GradientOf("Sqrt")]
internal sealed record SqrtGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Div(emit.Scalar(0.5f), y);
}
