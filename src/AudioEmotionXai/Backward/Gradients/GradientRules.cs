namespace AudioEmotionXai;

/// <summary>The vector-Jacobian product of every operator: the signal is the gradient of the target's score.</summary>
internal record GradientRules : RuleSet
{
    public static GradientRules Instance { get; } = new();

    public override string Id => "gradient";

    internal override IEnumerable<string> SupportedOperators => GradientTable.Rules.Keys;

    internal override BackwardRule? RuleFor(BackwardNode node) => GradientTable.Rules.GetValueOrDefault(node.Node.OpType);
}
