namespace AudioEmotionXai;

/// <summary>
/// A rule set of layer-wise relevance propagation: which rule for which node. The usual ones are in <see cref="RelevancePresets"/>; own
/// ones are made from these by changing a member, or with <see cref="With"/>. A value: equal rule sets share one compiled program.
/// </summary>
public sealed record RelevanceRules : RuleSet
{
    /// <summary>Creates a rule set that is epsilon with 1e-6 throughout.</summary>
    /// <param name="id">What messages and reports call it.</param>
    public RelevanceRules(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Id = id;
    }

    /// <inheritdoc/>
    public override string Id { get; }

    /// <summary>The rule of Conv and ConvTranspose.</summary>
    public LinearRule Convolution { get; init; } = new EpsilonRule();

    /// <summary>The rule of Gemm, and of MatMul with a constant.</summary>
    public LinearRule Dense { get; init; } = new EpsilonRule();

    /// <summary>The rule of the first of these layers in graph order, where it differs.</summary>
    public LinearRule? First { get; init; }

    /// <summary>The rule of batch normalisations that could not be merged into a layer beside them.</summary>
    public LinearRule Normalization { get; init; } = new EpsilonRule();

    /// <summary>The rule of sums and averages.</summary>
    public NormRule Sum { get; init; } = new();

    /// <summary>The rule of products and quotients.</summary>
    public GateRule Gate { get; init; } = new();

    /// <summary>Whether biases take relevance; false leaves them out of every linear rule.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Exceptions by operator or node.</summary>
    public RuleOverrides Overrides { get; init; } = RuleOverrides.None;

    /// <summary>The same rule set with another rule for some nodes; later exceptions win over earlier ones, and over
    /// <see cref="First"/>.</summary>
    /// <param name="pattern">A node's name, with * and ? as wildcards, or an operator.</param>
    /// <param name="rule">The rule for these nodes.</param>
    public RelevanceRules With(string pattern, RelevanceRule rule)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        ArgumentNullException.ThrowIfNull(rule);
        return this with { Overrides = Overrides.With(new RuleOverride(pattern, rule)) };
    }

    internal override IEnumerable<string> SupportedOperators => OperatorFamilies.Supported;

    internal override BackwardRule? RuleFor(BackwardNode node)
    {
        RelevanceRule? rule = Overrides.RuleFor(node.Node) ?? UsualRule(node);
        return rule is LinearRule linear && !Bias ? linear with { Bias = false } : rule;
    }

    internal override string AdviceFor(BackwardNode node) => OperatorFamilies.AdviceFor(node.Node.OpType);

    private RelevanceRule? UsualRule(BackwardNode node)
    {
        if (FrontEndRules.RuleFor(node.Node) is { } frontEnd)
            return frontEnd;
        RelevanceContext context = RelevanceContext.Of(node.Graph);
        switch (OperatorFamilies.Of(node.Node.OpType))
        {
            case OperatorFamily.Convolution:
                return First is not null && context.FirstLinear == node.Node ? First : Convolution;
            case OperatorFamily.Dense:
                return First is not null && context.FirstLinear == node.Node ? First : Dense;
            case OperatorFamily.Normalization:
                return Normalization;
            case OperatorFamily.Sum:
                return context.IsBiasAdd(node.Node) || (!Bias && AddsConstant(node)) ? new PassRule() : Sum;
            case OperatorFamily.Route:
                return new RouteRule();
            case OperatorFamily.Pass:
                return new PassRule();
            case OperatorFamily.Gate:
                return Gate;
            case OperatorFamily.Square:
                return new SquareRule();
            default:
                return null;
        }
    }

    /// <summary>Whether only one summand depends on the input: without biases it takes all.</summary>
    private static bool AddsConstant(BackwardNode node) =>
        node.Node.OpType is "Add" or "Sub"
        && node.Wants(0) != node.Wants(1)
        && node.InputShape(node.Wants(0) ? 0 : 1).AsSpan().SequenceEqual(node.OutputShape());
}
