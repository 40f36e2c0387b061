namespace AudioEmotionXai;

/// <summary>Transpose: the gradient's axes go back to where they were.</summary>
[GradientOf("Transpose")]
internal sealed record TransposeGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        int rank = node.InputShape(0).Length;
        long[] order = node.Node.GetInts("perm") ?? [.. Enumerable.Range(0, rank).Select(axis => (long)(rank - 1 - axis))];
        long[] back = new long[rank];
        for (int axis = 0; axis < rank; axis++)
            back[order[axis]] = axis;
        node.Send(0, node.Emit.Transpose(node.Signal, back));
    }
}
