namespace AudioEmotionXai;

/// <summary>PRelu: 1 where x is positive, the slope elsewhere; a slope computed from the input gets x where x is negative.</summary>
[GradientOf("PRelu")]
internal sealed record PReluGradient : PointwiseGradient
{
    private protected override string Derivative(BackwardNode node, GraphEmitter emit, string x, string y) =>
        emit.Where(emit.Greater(x, emit.Scalar(0)), emit.Scalar(1), node.Input(1));

    private protected override void EmitParameters(BackwardNode node)
    {
        if (node.Wants(1))
            node.Send(1, Broadcasting.SumTo(node, node.Emit.Mul(node.Signal, node.Emit.Min(node.Input(0), node.Emit.Scalar(0))), 1));
    }
}
