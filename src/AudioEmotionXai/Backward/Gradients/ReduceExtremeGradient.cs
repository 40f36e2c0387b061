namespace AudioEmotionXai;

/// <summary>ReduceMax and ReduceMin: the gradient goes to the cells that have the extreme value, in equal parts where several do (PyTorch's
/// amax).</summary>
[GradientOf("ReduceMax", "ReduceMin")]
internal sealed record ReduceExtremeGradient : ReductionGradient
{
    private protected override string PassBack(BackwardNode node, string signal, string y, long[] axes)
    {
        GraphEmitter emit = node.Emit;
        string winners = emit.Same(node.Input(0), y);
        return emit.Mul(emit.Div(signal, emit.ReduceSum(winners, axes)), winners);
    }
}
