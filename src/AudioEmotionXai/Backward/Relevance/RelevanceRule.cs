namespace AudioEmotionXai;

/// <summary>
/// How relevance passes back through one node; used by layer-wise relevance propagation (Bach et al. 2015,
/// doi:10.1371/journal.pone.0130140). Rules are values, and are put together in <see cref="RelevanceRules"/>.
/// </summary>
public abstract record RelevanceRule
{
    private protected RelevanceRule()
    {
    }

    /// <summary>Emits what every wanted input gets, and closes the node's account.</summary>
    internal void Emit(BackwardNode node)
    {
        Propagate(node);
        RelevanceContext.Of(node.Graph).Ledger?.Close(node);
    }

    /// <summary>Emits what every wanted input gets, and tells the ledger what gets lost on the way.</summary>
    internal abstract void Propagate(BackwardNode node);

    private protected static float Positive(float value, string name) => value > 0 && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A finite number above 0 is expected; 1e-9 is as good as none.");
}

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
