namespace AudioEmotionXai;

/// <summary>Slice: the gradient goes back to where it was cut from, zeros elsewhere.</summary>
[GradientOf("Slice")]
internal sealed record SliceGradient : GradientRule
{
    internal override void Emit(BackwardNode node) =>
        node.Send(0, KnownPads(node) is { } pads ? node.Emit.Pad(node.Signal, pads) : Scattered(node));

    /// <summary>The zeros around the slice: begins, then ends, or null where it takes steps or its place is not known before the
    /// run.</summary>
    private static long[]? KnownPads(BackwardNode node)
    {
        Dim[] shape = node.InputShape(0);
        Dim[] cut = node.OutputShape();
        if (node.ConstantIntegers(1) is not { } starts)
            return null;
        long[] axes = node.ConstantIntegers(3) ?? Standardization.Axes(0, starts.Length);
        long[] steps = node.ConstantIntegers(4) ?? [.. starts.Select(_ => 1L)];
        long[] pads = new long[2 * shape.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = ShapeContext.Normalize(axes[i], shape.Length);
            if (cut[axis] == shape[axis] && steps[i] == 1)
                continue;
            if (steps[i] != 1 || shape[axis].Value is not { } length || cut[axis].Value is not { } kept)
                return null;
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + length : starts[i], 0, length);
            pads[axis] = start;
            pads[axis + shape.Length] = length - start - kept;
        }

        return pads;
    }

    /// <summary>The same slice of the cells' positions says where each value goes.</summary>
    private static string Scattered(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string x = node.Input(0);
        string positions = emit.Node("Slice", [emit.Positions(x), .. node.Node.Inputs.Skip(1)]);
        string scattered = emit.Node(
            "ScatterElements", [emit.ZerosFor(x), emit.Reshape(positions, -1), emit.Reshape(node.Signal, -1)],
            scatter => scatter.Set("axis", 0));
        return emit.ReshapeLike(scattered, x);
    }
}
