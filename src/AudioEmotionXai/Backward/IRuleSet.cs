namespace AudioEmotionXai;

/// <summary>How a signal (a gradient, or relevance) passes back through one operator: given what arrives at the outputs, it emits ONNX
/// nodes for what each input gets.</summary>
internal delegate void BackwardRule(BackwardNode node);

/// <summary>Which rule takes a signal back through which node. Rule sets are values: they are part of a compiled program's
/// identity.</summary>
internal interface IRuleSet
{
    /// <summary>What messages and reports call the rule set.</summary>
    string Id { get; }

    /// <summary>The operators that have a rule, for error messages.</summary>
    IEnumerable<string> SupportedOperators { get; }

    /// <summary>The rule for a node, or null where the rule set has none.</summary>
    BackwardRule? RuleFor(BackwardNode node);

    /// <summary>What to do about a node without a rule, for error messages; empty where there is no advice.</summary>
    string AdviceFor(BackwardNode node) => "";
}
