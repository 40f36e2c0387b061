namespace AudioEmotionXai;

/// <summary>Operators that pick or place cells by indices: gradients go back to where cells came from.</summary>
internal static class ScatterGradients
{
    /// <summary>The largest or smallest values along an axis: each value's gradient goes to the cell that its index names.</summary>
    public static void TopK(BackwardNode node)
    {
        int axis = ShapeContext.Normalize(node.Node.GetInt("axis", -1), node.InputShape(0).Length);
        node.Send(0, node.Emit.Node("ScatterElements", [node.Emit.ZerosLike(node.Input(0)), node.Output(1), node.Signal], scatter =>
            scatter.Set("axis", axis)));
    }

    /// <summary>Slices picked by coordinates; those picked more than once add up, which takes operator set 16.</summary>
    public static void GatherNd(BackwardNode node)
    {
        if (node.Opset < 16)
            throw node.Unsupported("adding up values of one index takes operator set 16 or later");
        if (node.Node.GetInt("batch_dims", 0) != 0)
            throw node.Unsupported("its batch_dims is not 0");
        node.Send(0, node.Emit.Node("ScatterND", [node.Emit.ZerosLike(node.Input(0)), node.Input(1), node.Signal], scatter =>
            scatter.Set("reduction", "add")));
    }

    /// <summary>Slices put in their place: what was overwritten gets nothing, what was added to passes.</summary>
    public static void ScatterNd(BackwardNode node) => Scatter(
        node,
        zeros => node.Emit.Node("ScatterND", [node.Signal, node.Input(1), zeros]),
        () => node.Emit.Node("GatherND", [node.Signal, node.Input(1)]));

    /// <summary>Cells put in their place.</summary>
    public static void ScatterElements(BackwardNode node)
    {
        long axis = node.Node.GetInt("axis", 0);
        Scatter(
            node,
            zeros => node.Emit.Node("ScatterElements", [node.Signal, node.Input(1), zeros], scatter => scatter.Set("axis", axis)),
            () => node.Emit.Node("GatherElements", [node.Signal, node.Input(1)], gather => gather.Set("axis", axis)));
    }

    /// <summary>The triangle that was kept.</summary>
    public static void Trilu(BackwardNode node)
    {
        string[] inputs = node.Node.HasInput(1) ? [node.Signal, node.Input(1)] : [node.Signal];
        node.Send(0, node.Emit.Node("Trilu", inputs, trilu => trilu.Set("upper", node.Node.GetInt("upper", 1))));
    }

    /// <summary>Turned round again.</summary>
    public static void ReverseSequence(BackwardNode node) =>
        node.Send(0, node.Emit.Node("ReverseSequence", [node.Signal, node.Input(1)], reverse => reverse.SetAttributesOf(node.Node)));

    private static void Scatter(BackwardNode node, Func<string, string> erased, Func<string> picked)
    {
        string reduction = node.Node.GetString("reduction", "none");
        if (reduction is not ("none" or "add"))
            throw node.Unsupported($"its reduction is '{reduction}'; none or add were expected");
        if (node.Wants(0))
            node.Send(0, reduction is "add" ? node.Signal : erased(node.Emit.ZerosLike(node.Input(2))));
        if (node.Wants(2))
            node.Send(2, picked());
    }
}

/// <summary>
/// LRN: y = x / s^beta with s = bias + alpha / size · (sum of squares of the channels around). The gradient is
/// dy / s^beta - 2 alpha beta / size · x · (sum of dy y / s over the channels that have this one around them).
/// </summary>
internal static class LocalResponseGradient
{
    public static void Emit(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        int rank = node.InputShape(0).Length;
        if (node.InputShape(0)[1] is not { IsFixed: true } channels)
            throw node.Unsupported("its number of channels is not fixed");
        long size = node.Node.GetInt("size", 1);
        float alpha = node.Node.GetFloat("alpha", 0.0001f), beta = node.Node.GetFloat("beta", 0.75f);
        (string from, string to) = Neighbours(emit, channels.Offset, size);
        string squares = emit.PassBackAlong(emit.Square(node.Input(0)), rank, 1, to);
        string s = emit.Shift(emit.Scale(squares, alpha / size), node.Node.GetFloat("bias", 1));
        string direct = emit.Mul(node.Signal, emit.Pow(s, emit.Scalar(-beta)));
        string around = emit.PassBackAlong(emit.Div(emit.Mul(node.Signal, node.Output()), s), rank, 1, from);
        node.Send(0, emit.Sub(direct, emit.Mul(node.Input(0), emit.Scale(around, 2 * alpha * beta / size))));
    }

    /// <summary>Which channels (columns) each channel (rows) has around it, and the transpose.</summary>
    private static (string From, string To) Neighbours(GraphEmitter emit, long channels, long size)
    {
        float[] from = GraphEmitter.NewFloats(channels, channels), to = GraphEmitter.NewFloats(channels, channels);
        for (long channel = 0; channel < channels; channel++)
            for (long other = Math.Max(0, channel - ((size - 1) / 2)); other <= Math.Min(channels - 1, channel + (size / 2)); other++)
                from[(channel * channels) + other] = to[(other * channels) + channel] = 1;
        return (emit.Floats("neighbours", from, channels, channels), emit.Floats("neighbours", to, channels, channels));
    }
}
