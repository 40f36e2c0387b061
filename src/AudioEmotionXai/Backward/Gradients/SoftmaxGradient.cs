namespace AudioEmotionXai;

/// <summary>Softmax: dx = y (dy - sum(dy y)).</summary>
[GradientOf("Softmax")]
internal sealed record SoftmaxGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string shared = emit.ReduceSum(emit.Mul(node.Signal, node.Output()), SoftmaxAxes.Of(node));
        node.Send(0, emit.Mul(node.Output(), emit.Sub(node.Signal, shared)));
    }
}
