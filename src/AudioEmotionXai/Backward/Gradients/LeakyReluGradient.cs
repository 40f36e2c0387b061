namespace AudioEmotionXai;

/// <summary>LeakyRelu: 1 where x is positive, alpha elsewhere.</summary>
[GradientOf("LeakyRelu")]
internal sealed record LeakyReluGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        float alpha = node.Node.GetFloat("alpha", 0.01f);
        return emit.Shift(emit.Scale(emit.Step(x), 1 - alpha), alpha);
    }
}
