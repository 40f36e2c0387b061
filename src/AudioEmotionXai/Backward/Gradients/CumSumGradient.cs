namespace AudioEmotionXai;

/// <summary>CumSum: the gradient is summed up from the other end.</summary>
[GradientOf("CumSum")]
internal sealed record CumSumGradient : GradientRule
{
    internal override void Emit(BackwardNode node) =>
        node.Send(0, node.Emit.Node("CumSum", [node.Signal, node.Input(1)], sum =>
            sum.Set("exclusive", node.Node.GetInt("exclusive", 0)).Set("reverse", 1 - node.Node.GetInt("reverse", 0))));
}
