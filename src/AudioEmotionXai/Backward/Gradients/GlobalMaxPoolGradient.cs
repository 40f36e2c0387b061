namespace AudioEmotionXai;

/// <summary>GlobalMaxPool: each channel's gradient goes to its first maximum in row-major order, as MaxPool has it.</summary>
[GradientOf("GlobalMaxPool")]
internal sealed record GlobalMaxPoolGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string cells = emit.Reshape(node.Input(0), 0, 0, -1);
        string winner = emit.Node("ArgMax", [cells], argMax => argMax.Set("axis", 2).Set("keepdims", 1));
        string scattered = emit.Node(
            "ScatterElements", [emit.ZerosLike(cells), winner, emit.Reshape(node.Signal, 0, 0, 1)], scatter => scatter.Set("axis", 2));
        node.Send(0, emit.ReshapeLike(scattered, node.Input(0)));
    }
}
