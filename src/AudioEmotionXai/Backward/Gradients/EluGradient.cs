namespace AudioEmotionXai;

/// <summary>Elu: 1 where x is positive, alpha exp(x) = y + alpha elsewhere.</summary>
[GradientOf("Elu")]
internal sealed record EluGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Where(emit.Greater(x, emit.Scalar(0)), emit.Scalar(1), emit.Shift(y, node.Node.GetFloat("alpha", 1)));
}
