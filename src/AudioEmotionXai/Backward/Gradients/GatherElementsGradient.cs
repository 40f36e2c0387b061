namespace AudioEmotionXai;

/// <summary>GatherElements: every value goes back to its index; indices that occur more than once add up, which takes operator set
/// 16.</summary>
[GradientOf("GatherElements")]
internal sealed record GatherElementsGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        if (node.Opset < 16)
            throw node.Unsupported("adding up values of one index takes operator set 16 or later");
        node.Send(0, node.Emit.Node("ScatterElements", [node.Emit.ZerosLike(node.Input(0)), node.Input(1), node.Signal], scatter =>
            scatter.Set("axis", node.Node.GetInt("axis", 0)).Set("reduction", "add")));
    }
}
