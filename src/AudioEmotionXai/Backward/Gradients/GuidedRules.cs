namespace AudioEmotionXai;

/// <summary>Gradients, except that a Relu passes only what is positive on the way forward and on the way back.</summary>
internal sealed record GuidedRules : GradientRules
{
    private static readonly BackwardRule s_relu = new GuidedReluGradient();

    public static new GuidedRules Instance { get; } = new();

    public override string Id => "guided-backprop";

    internal override BackwardRule? RuleFor(BackwardNode node) => node.Node.OpType is "Relu" ? s_relu : base.RuleFor(node);

    private sealed record GuidedReluGradient : GradientRule
    {
        internal override void Emit(BackwardNode node) =>
            node.Send(0, node.Emit.Mul(node.Emit.Relu(node.Signal), node.Emit.Step(node.Output())));
    }
}
