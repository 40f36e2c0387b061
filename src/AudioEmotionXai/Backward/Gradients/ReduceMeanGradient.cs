namespace AudioEmotionXai;

/// <summary>ReduceMean: every cell gets the gradient divided by the number of cells averaged.</summary>
[GradientOf("ReduceMean")]
internal sealed record ReduceMeanGradient : ReductionGradient
{
    private protected override string PassBack(BackwardNode node, string signal, string y, long[] axes)
    {
        GraphEmitter emit = node.Emit;
        Dim[] shape = node.InputShape(0);
        Dim cells = Dim.Product([.. axes.Select(axis => shape[axis])]);
        string share = cells.IsFixed
            ? emit.Scale(signal, 1f / cells.Offset)
            : emit.Div(signal, emit.ToFloat(emit.Node("Div", [emit.Node("Size", [node.Input(0)]), emit.Node("Size", [node.Output()])])));
        return emit.ExpandLike(share, node.Input(0));
    }
}
