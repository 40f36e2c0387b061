namespace AudioEmotionXai;

/// <summary>ThresholdedRelu: 1 where x is above alpha, else 0.</summary>
[GradientOf("ThresholdedRelu")]
internal sealed record ThresholdedReluGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.ToFloat(emit.Greater(x, emit.Scalar(node.Node.GetFloat("alpha", 1))));
}
