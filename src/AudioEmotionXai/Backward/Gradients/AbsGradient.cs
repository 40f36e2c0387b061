namespace AudioEmotionXai;

/// <summary>Abs: the sign of x, 0 at 0.</summary>
[GradientOf("Abs")]
internal sealed record AbsGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Sign(x);
}
