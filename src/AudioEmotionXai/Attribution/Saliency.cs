namespace AudioEmotionXai;

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
