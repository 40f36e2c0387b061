namespace AudioEmotionXai;

/// <summary>
/// Gelu: Phi(x) + x phi(x) with the normal distribution; in the tanh approximation, y = x (1 + t) / 2 with t = tanh(c (x + a x³)),
/// (1 + t) / 2 + x (1 - t²) c (1 + 3 a x²) / 2.
/// </summary>
[GradientOf("Gelu")]
internal sealed record GeluGradient : PointwiseGradient
{
    private const float Cubic = 0.044715f;

    private static readonly float s_factor = (float)Math.Sqrt(2 / Math.PI);

    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        node.Node.GetString("approximate", "none") is "tanh"
            ? Approximate(emit, x)
            : emit.Add(emit.NormalDistribution(x), emit.Mul(x, emit.NormalDensity(x)));

    private static string Approximate(GraphEmitter emit, string x)
    {
        string square = emit.Square(x);
        string t = emit.Tanh(emit.Mul(x, emit.Shift(emit.Scale(square, s_factor * Cubic), s_factor)));
        string inner = emit.Mul(x, emit.Shift(emit.Scale(square, 1.5f * s_factor * Cubic), 0.5f * s_factor));
        return emit.Add(emit.Scale(emit.Shift(t, 1), 0.5f), emit.Mul(inner, emit.Complement(emit.Square(t))));
    }
}
