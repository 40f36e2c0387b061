namespace AudioEmotionXai;

/// <summary>What several expansions are made of, in the spelling of the model's operator set.</summary>
internal static class PlainBlocks
{
    /// <summary>x times the normal distribution function of x.</summary>
    public static string Gelu(this GraphEmitter emit, string x) =>
        emit.Opset >= 20 ? emit.Node("Gelu", [x]) : emit.Mul(x, emit.NormalDistribution(x));

    /// <summary>Its approximation by a hyperbolic tangent.</summary>
    public static string GeluByTanh(this GraphEmitter emit, string x)
    {
        if (emit.Opset >= 20)
            return emit.Node("Gelu", [x], gelu => gelu.Set("approximate", "tanh"));
        string cubic = emit.Add(x, emit.Scale(emit.Mul(emit.Square(x), x), 0.044715f));
        string gate = emit.Scale(emit.Shift(emit.Tanh(emit.Scale(cubic, (float)Math.Sqrt(2 / Math.PI))), 1), 0.5f);
        return emit.Mul(x, gate);
    }

    /// <summary>x sigmoid(alpha x).</summary>
    public static string Swish(this GraphEmitter emit, string x, float alpha = 1) => emit.Mul(x, emit.Sigmoid(emit.Scale(x, alpha)));

    /// <summary>(x - mean) / sqrt(variance + epsilon), times gamma, plus beta, over the axes from one on.</summary>
    public static string LayerNorm(this GraphEmitter emit, string x, string gamma, string beta, int axis, int rank, float epsilon)
    {
        if (emit.Opset >= 17)
            return emit.Node(
                "LayerNormalization", beta.Length > 0 ? [x, gamma, beta] : [x, gamma],
                norm => norm.Set("axis", axis).Set("epsilon", epsilon));
        string scaled = emit.Mul(emit.Standardized(x, GraphEmitter.Axes(axis, rank), epsilon), gamma);
        return beta.Length > 0 ? emit.Add(scaled, beta) : scaled;
    }

    /// <summary>(x - mean) / sqrt(variance + epsilon).</summary>
    public static string Standardized(this GraphEmitter emit, string x, long[] axes, float epsilon)
    {
        string centred = emit.Sub(x, emit.ReduceMean(x, axes));
        string variance = emit.ReduceMean(emit.Mul(centred, centred), axes);
        return emit.Div(centred, emit.Sqrt(emit.Shift(variance, epsilon)));
    }

    /// <summary>x / sqrt(mean of squares + epsilon), times gamma.</summary>
    public static string RootMeanSquareNorm(this GraphEmitter emit, string x, string gamma, long[] axes, float epsilon) =>
        emit.Mul(emit.Div(x, emit.Sqrt(emit.Shift(emit.ReduceMean(emit.Mul(x, x), axes), epsilon))), gamma);

    /// <summary>The parts of a tensor along an axis.</summary>
    public static string[] Parts(this GraphEmitter emit, string x, long axis, params ReadOnlySpan<long> sizes)
    {
        string[] parts = new string[sizes.Length];
        long start = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            parts[i] = emit.Slice(x, [start], [start + sizes[i]], [axis]);
            start += sizes[i];
        }

        return parts;
    }

    /// <summary>The activation that fused operators name.</summary>
    /// <exception cref="NotExpandedException">It is none of those that there are.</exception>
    public static string Activated(this GraphEmitter emit, string x, string activation, params float[] parameters)
    {
        float Parameter(int index, float usual) => index < parameters.Length ? parameters[index] : usual;
        switch (activation)
        {
            case "":
                return x;
            case "Relu" or "Tanh" or "Sigmoid" or "Softplus" or "Softsign":
                return emit.Node(activation, [x]);
            case "HardSwish" when emit.Opset >= 14:
                return emit.Node(activation, [x]);
            case "LeakyRelu":
                return emit.Node(activation, [x], relu => relu.Set("alpha", Parameter(0, 0.01f)));
            case "ThresholdedRelu" or "Elu":
                return emit.Node(activation, [x], relu => relu.Set("alpha", Parameter(0, 1)));
            case "HardSigmoid":
                return emit.Node(activation, [x], gate => gate.Set("alpha", Parameter(0, 0.2f)).Set("beta", Parameter(1, 0.5f)));
            case "Clip":
                return emit.Node(
                    activation, [x, emit.Scalar(Parameter(0, float.MinValue)), emit.Scalar(Parameter(1, float.MaxValue))]);
            case "Gelu":
                return emit.Gelu(x);
            default:
                throw new NotExpandedException($"its activation '{activation}' is not known");
        }
    }
}
