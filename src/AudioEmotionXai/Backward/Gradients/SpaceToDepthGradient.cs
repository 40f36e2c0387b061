namespace AudioEmotionXai;

/// <summary>SpaceToDepth: DepthToSpace with the same block.</summary>
[GradientOf("SpaceToDepth")]
internal sealed record SpaceToDepthGradient : GradientRule
{
    internal override void Emit(BackwardNode node) =>
        node.Send(
            0,
            node.Emit.Node(
                "DepthToSpace", [node.Signal],
                depthToSpace => depthToSpace.Set("blocksize", node.Node.GetInt("blocksize", 1)).Set("mode", "DCR")));
}
