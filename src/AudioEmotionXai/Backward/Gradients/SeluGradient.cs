namespace AudioEmotionXai;

/// <summary>Selu: gamma where x is positive, gamma alpha exp(x) = y + gamma alpha elsewhere.</summary>
[GradientOf("Selu")]
internal sealed record SeluGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        float alpha = node.Node.GetFloat("alpha", 1.67326319217681884765625f);
        float gamma = node.Node.GetFloat("gamma", 1.05070102214813232421875f);
        return emit.Where(emit.Greater(x, emit.Scalar(0)), emit.Scalar(gamma), emit.Shift(y, alpha * gamma));
    }
}
