namespace AudioEmotionXai;

/// <summary>The vector-Jacobian product of every operator: the signal is the gradient of the target's score.</summary>
internal record GradientRules : IRuleSet
{
    public static GradientRules Instance { get; } = new();

    public virtual string Id => "gradient";

    public IEnumerable<string> SupportedOperators => GradientTable.Rules.Keys;

    public virtual BackwardRule? RuleFor(BackwardNode node) =>
        SignalMarks.PassesStraight(node.Node) ? RearrangingGradients.Identity : GradientTable.Rules.GetValueOrDefault(node.Node.OpType);
}

/// <summary>Gradients, except that a Relu passes only what is positive on the way forward and on the way back.</summary>
internal sealed record GuidedRules : GradientRules
{
    public static new GuidedRules Instance { get; } = new();

    public override string Id => "guided-backprop";

    public override BackwardRule? RuleFor(BackwardNode node) =>
        node.Node.OpType is "Relu" ? PointwiseGradients.GuidedRelu : base.RuleFor(node);
}
