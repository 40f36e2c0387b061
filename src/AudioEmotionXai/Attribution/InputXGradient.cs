namespace AudioEmotionXai;

/// <summary>The input times the gradient: the first-order share of each cell in the target's score.</summary>
/// <remarks>
/// For a bias-free network of ReLUs it sums to the score. It depends on where zero is: in z-scored decibels zero is the mean level,
/// not silence. Costs about two forward passes. Shrikumar et al., "Not just a black box", arXiv:1605.01713. As captum's InputXGradient.
/// </remarks>
[MethodId("input-x-gradient")]
public sealed record InputXGradient : GradientMethod
{
    private protected override string EmitMap(BackwardGraph graph) => graph.Emit.Mul(graph.InputName, graph.Signal(graph.InputName));
}
