namespace AudioEmotionXai;

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
