namespace AudioEmotionXai;

/// <summary>Relu: the gradient passes where the output is positive.</summary>
[GradientOf("Relu")]
internal sealed record ReluGradient : GradientRule
{
    internal override void Emit(BackwardNode node) =>
        node.Send(
            0,
            RoutedSignals.Apply(node.Graph, node.Signal, node.Output(), (signal, output) => node.Emit.Mul(signal, node.Emit.Step(output))));
}
