namespace AudioEmotionXai;

/// <summary>Which rule takes a signal back through which node. Rule sets are values: they are part of a compiled program's
/// identity.</summary>
public abstract record RuleSet
{
    private protected RuleSet()
    {
    }

    /// <summary>What messages and reports call the rule set.</summary>
    public abstract string Id { get; }

    /// <summary>The rule for a node, or null where the rule set has none.</summary>
    internal abstract BackwardRule? RuleFor(BackwardNode node);

    /// <summary>The operators that have a rule, for error messages.</summary>
    internal abstract IEnumerable<string> SupportedOperators { get; }

    /// <summary>What to do about a node without a rule, for error messages; empty where there is no advice.</summary>
    internal virtual string AdviceFor(BackwardNode node) => "";
}
