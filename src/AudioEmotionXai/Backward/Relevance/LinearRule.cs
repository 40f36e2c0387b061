namespace AudioEmotionXai;

/// <summary>
/// A rule for layers that multiply with constant weights (Conv, ConvTranspose, Gemm, MatMul, batch normalisation). One formula serves them
/// all: a rule is a list of terms t, a term a list of branches b, each with a part of the input, a part of the weights and perhaps the
/// bias: <c>z = sum_b f(W_b, x_b);  s = R*mask / (z + epsilon*sign z);  R_in = sum_t w_t sum_b x_b * fᵀ(W_b, s)</c>, where sign(0) = +1.
/// </summary>
public abstract record LinearRule : RelevanceRule
{
    private readonly float _epsilon = 1e-6f;

    private protected LinearRule()
    {
    }

    /// <summary>The stabiliser of the quotient; above 0, 1e-6 by default.</summary>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = Positive(value, nameof(Epsilon));
    }

    /// <summary>Whether the bias takes its share of the relevance, as in the papers; without it all goes to the input.</summary>
    public bool Bias { get; init; } = true;

    internal abstract IReadOnlyList<LinearTerm> Terms { get; }

    internal override void Propagate(BackwardNode node)
    {
        LinearLayer layer =
            LinearLayer.Find(node)
            ?? throw node.Unsupported(
                "the rule chosen for it is for layers that multiply with constant weights, which this is not; give it another rule, such "
                    + "as pass or norm");
        new LinearRelevance(this, layer).Emit();
    }
}
