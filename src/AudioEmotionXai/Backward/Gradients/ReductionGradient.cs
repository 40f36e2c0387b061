namespace AudioEmotionXai;

/// <summary>Operators that reduce axes to one value each: the gradient, its axes restored, times how each cell counted.</summary>
internal abstract record ReductionGradient : GradientRule
{
    internal sealed override void Emit(BackwardNode node)
    {
        int rank = node.InputShape(0).Length;
        long[] axes = AxesOf(node, rank);
        if (axes.Length == 0)
        {
            // noop_with_empty_axes: operator sets differ in whether L1 and the like still apply to single cells
            node.Send(
                0,
                node.Node.OpType is "ReduceSum" or "ReduceMean" or "ReduceMax" or "ReduceMin"
                    ? node.Signal
                    : throw node.Unsupported("it reduces no axis"));
            return;
        }

        string signal = Restored(node, node.Signal, axes);
        node.Send(0, PassBack(node, signal, Restored(node, node.Output(), axes), axes));
    }

    /// <summary>Emits what the input gets.</summary>
    /// <param name="node">The node at work.</param>
    /// <param name="signal">The gradient, reduced axes kept with length 1.</param>
    /// <param name="y">The output, reduced axes kept with length 1.</param>
    /// <param name="axes">The reduced axes, counted from the front.</param>
    private protected abstract string PassBack(BackwardNode node, string signal, string y, long[] axes);

    private static long[] AxesOf(BackwardNode node, int rank)
    {
        long[] axes = node.Integers("axes", 1) ?? [];
        if (axes.Length == 0 && node.Node.GetInt("noop_with_empty_axes", 0) == 0)
            return [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        return [.. axes.Select(axis => (long)ShapeContext.Normalize(axis, rank)).Order()];
    }

    private static string Restored(BackwardNode node, string tensor, long[] axes) =>
        node.Node.GetInt("keepdims", 1) != 0 ? tensor : node.Emit.Unsqueeze(tensor, axes);
}
