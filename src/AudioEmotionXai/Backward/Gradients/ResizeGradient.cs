namespace AudioEmotionXai;

/// <summary>
/// Resize: every mode is a linear map along each axis. Nearest neighbours by whole factors are summed block by block; for all else the
/// map's matrix is what the same Resize makes of the identity matrix, which a runtime computes once.
/// </summary>
internal static class ResizeGradient
{
    public static void Emit(BackwardNode node)
    {
        OnnxNode resize = node.Node;
        if (resize.GetString("coordinate_transformation_mode", "half_pixel") is "tf_crop_and_resize")
            throw node.Unsupported("it crops (coordinate_transformation_mode tf_crop_and_resize), which is not supported");
        if (resize.GetString("keep_aspect_ratio_policy", "stretch") is not "stretch")
            throw node.Unsupported("its keep_aspect_ratio_policy is not stretch");
        float?[] scales = ScalesOfAllAxes(node);
        int[] axes = [.. Enumerable.Range(0, scales.Length).Where(axis => scales[axis] != 1)];
        node.Send(
            0, WholeFactors(node, scales) is { } factors ? SumBlocks(node.Emit, node.Signal, factors) : ByMatrices(node, scales, axes));
    }

    /// <summary>The factor of each axis, or null where only the lengths are given.</summary>
    private static float?[] ScalesOfAllAxes(BackwardNode node)
    {
        Dim[] from = node.InputShape(0);
        Dim[] to = node.OutputShape();
        long[] axes = node.Node.GetInts("axes") ?? GraphEmitter.Axes(0, from.Length);
        float[] given = node.Constant(2)?.ToFloats() ?? [];
        if (given.Length == 0 && !node.Node.HasInput(3))
            throw node.Unsupported("its scales are computed by the model; constants were expected");
        float?[] scales = [.. from.Select((length, axis) => (float?)(length == to[axis] ? 1 : null))];
        for (int i = 0; i < given.Length; i++)
            scales[ShapeContext.Normalize(axes[i], from.Length)] = given[i];
        return scales;
    }

    /// <summary>The factors where cell i comes from cell i / factor on every axis, otherwise null.</summary>
    private static long[]? WholeFactors(BackwardNode node, float?[] scales)
    {
        Dim[] from = node.InputShape(0);
        Dim[] to = node.OutputShape();
        bool floors = node.Node.GetString("coordinate_transformation_mode", "half_pixel") switch
        {
            "asymmetric" => node.Node.GetString("nearest_mode", "round_prefer_floor") is "floor",
            "half_pixel" or "pytorch_half_pixel" => node.Node.GetString("nearest_mode", "round_prefer_floor")
                is "round_prefer_floor"
                    or "round_prefer_ceil",
            _ => false,
        };
        if (!floors
            || node.Node.GetString("mode", "nearest") is not "nearest"
            || node.Node.GetInt("antialias", 0) != 0
            || scales.Length is < 3 or > 5
            || scales[0] != 1
            || scales[1] != 1)
            return null;
        long[] factors = new long[scales.Length - 2];
        for (int axis = 2; axis < scales.Length; axis++)
        {
            float? factor =
                scales[axis]
                ?? (
                    from[axis].IsFixed && to[axis].IsFixed && to[axis].Offset % from[axis].Offset == 0
                        ? to[axis].Offset / from[axis].Offset
                        : null);
            if (factor is not { } whole || whole < 1 || whole != MathF.Floor(whole))
                return null;
            factors[axis - 2] = (long)whole;
        }

        return factors;
    }

    private static string SumBlocks(GraphEmitter emit, string signal, long[] factors)
    {
        string means = emit.Node("AveragePool", [signal], pool => pool.Set("kernel_shape", factors).Set("strides", factors));
        return emit.Scale(means, factors.Aggregate(1L, (product, factor) => product * factor));
    }

    private static string ByMatrices(BackwardNode node, float?[] scales, int[] axes)
    {
        string signal = node.Signal;
        foreach (int axis in axes)
            signal = node.Emit.PassBackAlong(signal, scales.Length, axis, Matrix(node, axis, scales[axis]));
        return signal;
    }

    /// <summary>The matrix (outputs, inputs) of one axis: the identity matrix as a picture, its rows resized.</summary>
    private static string Matrix(BackwardNode node, int axis, float? scale)
    {
        GraphEmitter emit = node.Emit;
        Dim length = node.InputShape(0)[axis];
        string picture = emit.Unsqueeze(emit.Identity(length, node.Input(0), axis), 0, 1);
        string none = emit.Floats("none", [], 0);
        string[] sizes = scale is { } factor
            ? [none, emit.Floats("scales", [1, 1, factor, 1], 4)]
            :
            [
                none, none,
                emit.Concat([emit.Integers(1, 1), emit.LengthOf(node.Output(), axis), emit.Length(length, node.Input(0), axis)], 0),
            ];
        string resized = emit.Node(
            "Resize",
            [picture, .. sizes],
            resize =>
            {
                foreach (string name in (ReadOnlySpan<string>)["mode", "coordinate_transformation_mode", "nearest_mode"])
                    if (node.Node.HasAttribute(name))
                        resize.Set(name, node.Node.GetString(name, ""));
                foreach (string name in (ReadOnlySpan<string>)["exclude_outside", "antialias"])
                    if (node.Node.HasAttribute(name))
                        resize.Set(name, node.Node.GetInt(name, 0));
                if (node.Node.HasAttribute("cubic_coeff_a"))
                    resize.Set("cubic_coeff_a", node.Node.GetFloat("cubic_coeff_a", -0.75f));
            }
        );
        return emit.Squeeze(resized, 0, 1);
    }
}
