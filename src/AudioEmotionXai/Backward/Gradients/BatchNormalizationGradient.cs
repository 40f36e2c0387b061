namespace AudioEmotionXai;

/// <summary>BatchNormalization with fixed statistics: the gradient times scale / sqrt(variance + epsilon) of each channel.</summary>
[GradientOf("BatchNormalization")]
internal sealed record BatchNormalizationGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        if (node.Node.GetInt("training_mode", 0) != 0)
            throw node.Unsupported("it takes its statistics from the batch (training_mode 1); a model exported for inference was expected");
        Standardization.RequirePlain(node);
        long[] perChannel = [-1, .. Enumerable.Repeat(1L, Math.Max(0, node.InputShape(0).Length - 2))];
        node.Send(0, node.Emit.Mul(node.Signal, Known(node, perChannel) ?? Computed(node, perChannel)));
    }

    private static string? Known(BackwardNode node, long[] perChannel)
    {
        if (BatchNormalizationFolding.Coefficients(node.Graph.Model, node.Node) is not var (scale, _))
            return null;
        perChannel[0] = scale.Length;
        return node.Emit.Floats("scale", Array.ConvertAll(scale, value => (float)value), perChannel);
    }

    private static string Computed(BackwardNode node, long[] perChannel)
    {
        GraphEmitter emit = node.Emit;
        string deviation = emit.Sqrt(emit.Shift(node.Input(4), node.Node.GetFloat("epsilon", 1e-5f)));
        return emit.Reshape(emit.Div(node.Input(1), deviation), perChannel);
    }
}
