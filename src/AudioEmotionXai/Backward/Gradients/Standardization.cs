namespace AudioEmotionXai;

/// <summary>
/// The way back through x̂ = (x - mean) / sqrt(variance + epsilon), which all normalisations of a single item share:
/// dx = (g - mean(g) - x̂ mean(g x̂)) / sqrt(variance + epsilon).
/// </summary>
internal static class Standardization
{
    /// <param name="emit">The emitter.</param>
    /// <param name="x">What is normalised.</param>
    /// <param name="gradient">The gradient at x̂.</param>
    /// <param name="axes">The axes that mean and variance are taken over.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public static string PassBack(GraphEmitter emit, string x, string gradient, long[] axes, float epsilon)
    {
        string centred = emit.Sub(x, emit.ReduceMean(x, axes));
        string deviation = emit.Sqrt(emit.Shift(emit.ReduceMean(emit.Square(centred), axes), epsilon));
        string normal = emit.Div(centred, deviation);
        string along = emit.Mul(normal, emit.ReduceMean(emit.Mul(gradient, normal), axes));
        string across = emit.Sub(emit.Sub(gradient, emit.ReduceMean(gradient, axes)), along);
        return emit.Div(across, deviation);
    }

    /// <summary>The numbers from one axis up to another, excluded.</summary>
    public static long[] Axes(int from, int to) => [.. Enumerable.Range(from, to - from).Select(axis => (long)axis)];

    /// <exception cref="UnsupportedOperatorException">Scale, shift, or a statistic is part of what the score depends on.</exception>
    public static void RequirePlain(BackwardNode node)
    {
        for (int i = 1; i < node.Node.Inputs.Count; i++)
            if (node.Wants(i))
                throw node.Unsupported($"its parameter '{node.Input(i)}' is computed from the input; a constant was expected");
        for (int i = 1; i < node.Node.Outputs.Count; i++)
            if (node.SignalOrNull(i) is not null)
                throw node.Unsupported($"the score depends on its statistic '{node.Output(i)}'");
    }
}
