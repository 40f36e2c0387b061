namespace AudioEmotionXai.Backward.Gradients;

/// <summary>Relu: the gradient passes where the output is positive.</summary>
[GradientOf("Relu")]
internal sealed record ReluGradient : GradientRule
{
    internal override void Emit(BackwardNode node) => node.Send(0, node.Emit.Mul(node.Signal, node.Emit.Step(node.Output())));
}
