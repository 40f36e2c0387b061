namespace AudioEmotionXai;

/// <summary>DepthToSpace: SpaceToDepth with the same block; in mode CRD its channels are then put in the order (channel, row, column) of
/// that mode.</summary>
[GradientOf("DepthToSpace")]
internal sealed record DepthToSpaceGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        long block = node.Node.GetInt("blocksize", 1);
        string share = node.Emit.Node("SpaceToDepth", [node.Signal], spaceToDepth => spaceToDepth.Set("blocksize", block));
        node.Send(0, node.Node.GetString("mode", "DCR") is "CRD" ? Reordered(node, share, block * block) : share);
    }

    private static string Reordered(BackwardNode node, string share, long cells)
    {
        if (node.InputShape(0)[1] is not { IsFixed: true } depth)
            throw node.Unsupported("its number of channels is not fixed");
        long channels = depth.Offset / cells;
        long[] order = [.. Standardization.Axes(0, (int)depth.Offset).Select(index => (index % cells * channels) + (index / cells))];
        return node.Emit.Node("Gather", [share, node.Emit.Integers(order)], gather => gather.Set("axis", 1));
    }
}
