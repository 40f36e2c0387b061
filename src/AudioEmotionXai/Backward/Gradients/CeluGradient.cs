namespace AudioEmotionXai;

/// <summary>Celu: 1 where x is positive, exp(x / alpha) = 1 + y / alpha elsewhere.</summary>
[GradientOf("Celu")]
internal sealed record CeluGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Shift(emit.Scale(emit.Min(y, emit.Scalar(0)), 1 / node.Node.GetFloat("alpha", 1)), 1);
}
