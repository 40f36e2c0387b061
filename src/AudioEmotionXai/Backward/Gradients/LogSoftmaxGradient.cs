namespace AudioEmotionXai;

/// <summary>LogSoftmax: dx = dy - exp(y) sum(dy).</summary>
[GradientOf("LogSoftmax")]
internal sealed record LogSoftmaxGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string shared = emit.ReduceSum(node.Signal, SoftmaxAxes.Of(node));
        node.Send(0, emit.Sub(node.Signal, emit.Mul(emit.Exp(node.Output()), shared)));
    }
}
