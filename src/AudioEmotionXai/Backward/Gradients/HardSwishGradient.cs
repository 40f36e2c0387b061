namespace AudioEmotionXai;

/// <summary>HardSwish: 0 up to -3, x / 3 + 1/2 between, 1 from 3 on.</summary>
[GradientOf("HardSwish")]
internal sealed record HardSwishGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        string bent = emit.Less(emit.Abs(x), emit.Scalar(3));
        return emit.Where(bent, emit.Shift(emit.Scale(x, 1f / 3), 0.5f), emit.Step(x));
    }
}
