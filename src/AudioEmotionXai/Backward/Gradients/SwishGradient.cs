namespace AudioEmotionXai;

/// <summary>Swish, y = x s with s = sigmoid(alpha x): s + alpha y (1 - s).</summary>
[GradientOf("Swish")]
internal sealed record SwishGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        float alpha = node.Node.GetFloat("alpha", 1);
        string gate = emit.Sigmoid(emit.Scale(x, alpha));
        return emit.Add(gate, emit.Scale(emit.Mul(y, emit.Complement(gate)), alpha));
    }
}
