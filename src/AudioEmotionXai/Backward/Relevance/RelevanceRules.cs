using System.Collections;
using System.IO.Enumeration;

namespace AudioEmotionXai;

/// <summary>
/// A rule set of layer-wise relevance propagation: which rule for which node. The usual ones are in <see cref="RelevancePresets"/>; own
/// ones are made from these by changing a member, or with <see cref="With"/>. A value: equal rule sets share one compiled program.
/// </summary>
public sealed record RelevanceRules : IRuleSet
{
    /// <summary>Creates a rule set that is epsilon with 1e-6 throughout.</summary>
    /// <param name="id">What messages and reports call it.</param>
    public RelevanceRules(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Id = id;
    }

    /// <summary>What messages and reports call the rule set.</summary>
    public string Id { get; }

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

    IEnumerable<string> IRuleSet.SupportedOperators => OperatorFamilies.Supported;

    BackwardRule? IRuleSet.RuleFor(BackwardNode node)
    {
        if (RelevanceContext.Of(node.Graph).Normalizations.Of(node.Node) is { } whole
            && whole.Nodes.All(part => Overrides.RuleFor(part) is null))
            return node.Output() == whole.Result ? new WrittenOutRule(whole.Source).Emit : _ => { };
        RelevanceRule? rule = Overrides.RuleFor(node.Node) ?? UsualRule(node);
        if (rule is LinearRule linear && !Bias)
            rule = linear with { Bias = false };
        return rule is null ? null : rule.Emit;
    }

    string IRuleSet.AdviceFor(BackwardNode node) => OperatorFamilies.AdviceFor(node.Node.OpType);

    private RelevanceRule? UsualRule(BackwardNode node)
    {
        if (FrontEndRules.RuleFor(node.Node) is { } frontEnd)
            return frontEnd;
        if (SignalMarks.PassesStraight(node.Node))
            return new PassRule();
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

/// <summary>An exception from a rule set: another rule for the nodes that a pattern names.</summary>
/// <param name="Pattern">A node's name, with * and ? as wildcards; or an operator such as <c>Gemm</c>. Case counts.</param>
/// <param name="Rule">The rule for these nodes.</param>
public sealed record RuleOverride(string Pattern, RelevanceRule Rule)
{
    internal bool Covers(OnnxNode node) =>
        node.OpType == Pattern
        || FileSystemName.MatchesSimpleExpression(Pattern, node.Name, ignoreCase: false)
        || (node.Name.Length == 0 && FileSystemName.MatchesSimpleExpression(Pattern, node.Outputs[0], ignoreCase: false));
}

/// <summary>The exceptions of a rule set in order; of those that cover a node the last one counts. Compares by content.</summary>
public sealed class RuleOverrides : IReadOnlyList<RuleOverride>, IEquatable<RuleOverrides>
{
    private readonly RuleOverride[] _overrides;

    private RuleOverrides(RuleOverride[] overrides) => _overrides = overrides;

    /// <summary>No exceptions.</summary>
    public static RuleOverrides None { get; } = new([]);

    /// <summary>The number of exceptions.</summary>
    public int Count => _overrides.Length;

    /// <summary>An exception by its place.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public RuleOverride this[int index] => _overrides[index];

    /// <summary>These exceptions and one more.</summary>
    /// <param name="added">The exception that goes last.</param>
    public RuleOverrides With(RuleOverride added) => new([.. _overrides, added]);

    /// <inheritdoc/>
    public IEnumerator<RuleOverride> GetEnumerator() => ((IEnumerable<RuleOverride>)_overrides).GetEnumerator();

    /// <summary>Whether both hold equal exceptions in the same order.</summary>
    /// <param name="other">The other exceptions.</param>
    public bool Equals(RuleOverrides? other) => other is not null && _overrides.AsSpan().SequenceEqual(other._overrides);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RuleOverrides);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (RuleOverride one in _overrides)
            hash.Add(one);
        return hash.ToHashCode();
    }

    /// <summary>The exceptions in order, as a record that holds them prints them.</summary>
    public override string ToString() => $"[{string.Join(", ", (IEnumerable<RuleOverride>)_overrides)}]";

    IEnumerator IEnumerable.GetEnumerator() => _overrides.GetEnumerator();

    internal RelevanceRule? RuleFor(OnnxNode node)
    {
        for (int i = _overrides.Length - 1; i >= 0; i--)
            if (_overrides[i].Covers(node))
                return _overrides[i].Rule;
        return null;
    }
}
