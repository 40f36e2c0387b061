namespace AudioEmotionXai;

/// <summary>Tile: the copies' gradients are summed, axis by axis.</summary>
[GradientOf("Tile")]
internal sealed record TileGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        long[] repeats = node.Integers("repeats", 1)!;
        Dim[] shape = node.InputShape(0);
        string signal = node.Signal;
        for (int axis = 0; axis < repeats.Length; axis++)
            if (repeats[axis] > 1)
                signal = SumCopies(node.Emit, signal, node.Input(0), shape, axis, repeats[axis]);
        node.Send(0, signal);
    }

    /// <summary>(…, copies · length, …) as (before, copies, length · after), summed, and reshaped to (…, length, …).</summary>
    private static string SumCopies(GraphEmitter emit, string signal, string input, Dim[] shape, int axis, long copies)
    {
        string whole = emit.ShapeOf(signal);
        string before = axis == 0 ? emit.Integers() : emit.Node("Slice", [whole, emit.Integers(0), emit.Integers(axis)]);
        string after = emit.Node("Slice", [whole, emit.Integers(axis + 1), emit.Integers(int.MaxValue)]);
        string length = emit.Length(shape[axis], input, axis);
        string apart = emit.Reshape(
            signal, emit.Concat(axis == 0 ? [emit.Integers(copies), length, after] : [before, emit.Integers(copies), length, after], 0));
        return emit.ReduceSum(apart, [axis], keepDims: false);
    }
}
