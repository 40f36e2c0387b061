namespace AudioEmotionXai;

/// <summary>Softplus: sigmoid(x).</summary>
[GradientOf("Softplus")]
internal sealed record SoftplusGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Sigmoid(x);
}
