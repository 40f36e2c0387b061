namespace AudioEmotionXai;

/// <summary>A method that is one forward and one backward pass through the gradient graph. A member of the family says what it makes of the
/// gradients.</summary>
public abstract record GradientMethod : CompiledMethod
{
    /// <summary>Which number of the target class is explained: its logit (default), or its probability where the model ends in a
    /// Softmax.</summary>
    public ClassScore Score { get; init; }

    internal sealed override ProgramSpec Program => new MethodProgram(this);

    private protected virtual IRuleSet Rules => GradientRules.Instance;

    private protected virtual IReadOnlyList<string> SignalsAt(BackwardGraph graph) => [graph.InputName];

    /// <summary>Emits the map from gradients and forward tensors; returns its tensor name.</summary>
    private protected abstract string EmitMap(BackwardGraph graph);

    private sealed record MethodProgram(GradientMethod Method) : ProgramSpec
    {
        public override IRuleSet Rules => Method.Rules;

        public override bool KeepSoftmax => Method.Score == ClassScore.Probability;

        public override IReadOnlyList<string> SignalsAt(BackwardGraph graph) => Method.SignalsAt(graph);

        public override string EmitRelevance(BackwardGraph graph) => Method.EmitMap(graph);
    }
}

/// <summary>The signed gradient of the target's score with respect to every input cell: how the score would move if the cell
/// grew.</summary>
/// <remarks>
/// Answers "which way would a louder cell push the score", not "how much did the cell contribute". Costs about two forward passes.
/// Baehrens et al., "How to explain individual classification decisions", JMLR 11 (2010). As captum's Saliency with abs=False.
/// </remarks>
[MethodId("gradient")]
public sealed record Gradient : GradientMethod
{
    private protected override string EmitMap(BackwardGraph graph) => graph.Signal(graph.InputName);
}

/// <summary>The absolute gradient of the target's score: how strongly the score reacts to each input cell, whichever way.</summary>
/// <remarks>
/// Costs about two forward passes. Simonyan, Vedaldi, Zisserman, "Deep inside convolutional networks", arXiv:1312.6034. As captum's
/// Saliency.
/// </remarks>
[MethodId("saliency")]
public sealed record Saliency : GradientMethod
{
    /// <inheritdoc/>
    public override MapMeaning Meaning => MapMeaning.Positive;

    private protected override string EmitMap(BackwardGraph graph) => graph.Emit.Abs(graph.Signal(graph.InputName));
}

/// <summary>The input times the gradient: the first-order share of each cell in the target's score.</summary>
/// <remarks>
/// For a bias-free network of ReLUs it sums to the score. It depends on where zero is: in z-scored decibels zero is the mean level,
/// not silence. Costs about two forward passes. Shrikumar et al., "Not just a black box", arXiv:1605.01713. As captum's InputXGradient.
/// </remarks>
[MethodId("input-x-gradient")]
public sealed record InputXGradient : GradientMethod
{
    /// <inheritdoc/>
    public override Baseline? ShareBaseline => Baseline.Zero;

    private protected override string EmitMap(BackwardGraph graph) => graph.Emit.Mul(graph.InputName, graph.Signal(graph.InputName));
}

/// <summary>The gradient with negative parts cut off at every ReLU on the way back: sharp pictures of what excites the network.</summary>
/// <remarks>
/// Shows much of the input's edges whatever the class: it changes little when the upper weights are randomised (Adebayo et al.,
/// arXiv:1810.03292), so take it as a picture of features rather than as evidence. Costs about two forward passes.
/// Springenberg et al., "Striving for simplicity", arXiv:1412.6806. As zennit's GuidedBackprop: other activations than Relu get their plain
/// gradient.
/// </remarks>
[MethodId("guided-backprop")]
public sealed record GuidedBackprop : GradientMethod
{
    private protected override IRuleSet Rules => GuidedRules.Instance;

    private protected override string EmitMap(BackwardGraph graph) => graph.Signal(graph.InputName);
}
