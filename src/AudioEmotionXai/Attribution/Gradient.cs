namespace AudioEmotionXai;

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
