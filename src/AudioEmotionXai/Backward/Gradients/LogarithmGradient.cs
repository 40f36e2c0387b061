namespace AudioEmotionXai;

/// <summary>Log: 1 / x.</summary>
[GradientOf("Log")]
internal sealed record LogarithmGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Reciprocal(x);
}
