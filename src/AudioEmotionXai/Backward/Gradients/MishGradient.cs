namespace AudioEmotionXai;

/// <summary>Mish, y = x t with t = tanh(softplus(x)): t + x sigmoid(x) (1 - t²).</summary>
[GradientOf("Mish")]
internal sealed record MishGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y)
    {
        string gate = emit.Tanh(emit.Node("Softplus", [x]));
        return emit.Add(gate, emit.Mul(emit.Mul(x, emit.Sigmoid(x)), emit.Complement(emit.Square(gate))));
    }
}
