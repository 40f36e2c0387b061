namespace AudioEmotionXai;

/// <summary>
/// Merges a batch normalisation into the convolution or Gemm before it: W' = W*g/sqrt(v+e), b' = (b-m)*g/sqrt(v+e)+beta, in double
/// precision.
/// </summary>
internal static class BatchNormalizationFolding
{
    /// <summary>Folds every normalisation that directly follows a Conv or Gemm with constant weights and no other reader; returns how
    /// many.</summary>
    public static int Fold(OnnxModel model)
    {
        Dictionary<string, OnnxNode> producers = [];
        Dictionary<string, int> readers = [];
        foreach (OnnxNode node in model.Nodes)
        {
            foreach (string output in node.Outputs)
                producers[output] = node;
            foreach (string input in node.Inputs)
                readers[input] = readers.GetValueOrDefault(input) + 1;
        }

        foreach (OnnxValueInfo output in model.Outputs)
            readers[output.Name] = readers.GetValueOrDefault(output.Name) + 1;
        List<OnnxNode> kept = [];
        int folded = 0;
        foreach (OnnxNode node in model.Nodes)
        {
            if (node is { OpType: "BatchNormalization", Domain: "" }
                && producers.TryGetValue(node.Inputs[0], out OnnxNode? linear)
                && readers[node.Inputs[0]] == 1
                && TryFold(model, linear, node))
                folded++;
            else
                kept.Add(node);
        }

        if (folded > 0)
        {
            model.ReplaceNodes(kept);
            GraphEditing.RemoveUnused(model);
        }

        return folded;
    }

    /// <summary>The factor and summand per channel that an inference-time normalisation amounts to, or null where they are not
    /// constant.</summary>
    public static (double[] Scale, double[] Shift)? Coefficients(OnnxModel model, OnnxNode node)
    {
        float[]? Constant(int input) =>
            node.HasInput(input) && model.Initializers.TryGetValue(node.Inputs[input], out OnnxTensor? tensor) ? tensor.ToFloats() : null;

        if (node.GetInt("training_mode", 0) != 0
            || Constant(1) is not { } gamma
            || Constant(2) is not { } beta
            || Constant(3) is not { } mean
            || Constant(4) is not { } variance)
            return null;
        if (beta.Length != gamma.Length || mean.Length != gamma.Length || variance.Length != gamma.Length)
            return null;
        double epsilon = node.GetFloat("epsilon", 1e-5f);
        double[] scale = new double[gamma.Length];
        double[] shift = new double[gamma.Length];
        for (int i = 0; i < scale.Length; i++)
        {
            scale[i] = gamma[i] / Math.Sqrt(variance[i] + epsilon);
            shift[i] = beta[i] - (mean[i] * scale[i]);
        }

        return (scale, shift);
    }

    private static bool TryFold(OnnxModel model, OnnxNode linear, OnnxNode normalization)
    {
        if (linear is not { OpType: "Conv" or "Gemm", Domain: "" } || Coefficients(model, normalization) is not var (scale, shift))
            return false;
        if (!model.Initializers.TryGetValue(linear.Inputs[1], out OnnxTensor? weight) || weight.ElementType != OnnxElementType.Float)
            return false;
        OnnxTensor? bias = linear.HasInput(2) && model.Initializers.TryGetValue(linear.Inputs[2], out OnnxTensor? given) ? given : null;
        if (linear.HasInput(2) && bias?.Count != scale.Length)
            return false;
        bool gemm = linear.OpType is "Gemm";
        if (gemm && (linear.GetFloat("alpha", 1) != 1 || linear.GetFloat("beta", 1) != 1))
            return false;
        int channelAxis = gemm && linear.GetInt("transB", 0) == 0 ? 1 : 0;
        if (weight.Shape[channelAxis] != scale.Length)
            return false;

        string output = normalization.Outputs[0];
        model.AddInitializer(OnnxTensor.FromFloats($"{output}.weight", Scaled(weight, scale, channelAxis), [.. weight.Shape]));
        model.AddInitializer(OnnxTensor.FromFloats($"{output}.bias", Shifted(bias?.ToFloats(), scale, shift), scale.Length));
        linear.SetInput(1, $"{output}.weight");
        linear.SetInput(2, $"{output}.bias");
        linear.ReplaceOutput(linear.Outputs[0], output);
        return true;
    }

    private static float[] Scaled(OnnxTensor weight, double[] scale, int channelAxis)
    {
        float[] values = weight.ToFloats();
        long inner = 1;
        for (int axis = channelAxis + 1; axis < weight.Shape.Count; axis++)
            inner *= weight.Shape[axis];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(values[i] * scale[i / inner % scale.Length]);
        return values;
    }

    private static float[] Shifted(float[]? bias, double[] scale, double[] shift)
    {
        float[] values = new float[scale.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(((bias?[i] ?? 0) * scale[i]) + shift[i]);
        return values;
    }
}

/// <summary>
/// Merges a batch normalisation into the convolution or Gemm behind it where that is exact: W' = W*g, b' = b + W*shift, in double
/// precision. A convolution that pads is left alone, since its padding is not normalised.
/// </summary>
internal static class LeadingNormalizationFolding
{
    /// <summary>Folds every normalisation that only an unpadded Conv or a Gemm with constant weights reads; returns how many.</summary>
    public static int Fold(OnnxModel model)
    {
        List<OnnxNode> kept = [];
        int folded = 0;
        foreach (OnnxNode node in model.Nodes)
        {
            if (node is { OpType: "BatchNormalization", Domain: "" }
                && SoleReader(model, node.Outputs[0]) is { } linear
                && TryFold(model, node, linear))
                folded++;
            else
                kept.Add(node);
        }

        if (folded > 0)
        {
            model.ReplaceNodes(kept);
            GraphEditing.RemoveUnused(model);
        }

        return folded;
    }

    private static OnnxNode? SoleReader(OnnxModel model, string tensor)
    {
        if (model.Outputs.Any(output => output.Name == tensor))
            return null;
        List<OnnxNode> readers =
        [
            .. model.Nodes.Where(node => node.Inputs.Contains(tensor) || node.OuterReferences().Contains(tensor)),
        ];
        return readers is [{ Domain: "" } only] && only.Inputs.Count(input => input == tensor) == 1 && only.Inputs[0] == tensor
            ? only
            : null;
    }

    private static bool TryFold(OnnxModel model, OnnxNode normalization, OnnxNode linear)
    {
        if (!IsExact(linear) || BatchNormalizationFolding.Coefficients(model, normalization) is not var (scale, shift))
            return false;
        if (!model.Initializers.TryGetValue(linear.Inputs[1], out OnnxTensor? weight)
            || weight.ElementType != OnnxElementType.Float
            || weight.Shape.Count < 2)
            return false;
        OnnxTensor? bias = linear.HasInput(2) && model.Initializers.TryGetValue(linear.Inputs[2], out OnnxTensor? given) ? given : null;
        bool byRows = linear.OpType is "Gemm" && linear.GetInt("transB", 0) == 0;
        int outputs = (int)weight.Shape[byRows ? 1 : 0];
        int inputs = (int)weight.Shape[byRows ? 0 : 1];
        int groups = (int)linear.GetInt("group", 1);
        if (inputs * groups != scale.Length || outputs % groups != 0 || (linear.HasInput(2) && bias?.Count != outputs))
            return false;

        (float[] weights, float[] summands) = Merge(
            weight.ToFloats(), bias?.ToFloats() ?? new float[outputs], scale, shift, (outputs, inputs, groups, byRows));
        string name = normalization.Outputs[0];
        model.AddInitializer(OnnxTensor.FromFloats($"{name}.weight", weights, [.. weight.Shape]));
        model.AddInitializer(OnnxTensor.FromFloats($"{name}.bias", summands, outputs));
        linear.SetInput(0, normalization.Inputs[0]);
        linear.SetInput(1, $"{name}.weight");
        linear.SetInput(2, $"{name}.bias");
        return true;
    }

    private static bool IsExact(OnnxNode linear)
    {
        if (linear.OpType is "Gemm")
            return linear.GetInt("transA", 0) == 0 && linear.GetFloat("alpha", 1) == 1 && linear.GetFloat("beta", 1) == 1;
        return linear.OpType is "Conv"
            && linear.GetString("auto_pad", "NOTSET") is "NOTSET" or "VALID"
            && (linear.GetInts("pads") is not { } pads || Array.TrueForAll(pads, pad => pad == 0));
    }

    private static (float[] Weights, float[] Bias) Merge(
        float[] weights, float[] bias, double[] scale, double[] shift, (int Outputs, int Inputs, int Groups, bool ByRows) layout)
    {
        float[] merged = new float[weights.Length];
        double[] summands = Array.ConvertAll(bias, value => (double)value);
        int cells = weights.Length / (layout.Outputs * layout.Inputs);
        for (int i = 0; i < weights.Length; i++)
        {
            int output = layout.ByRows ? i % layout.Outputs : i / (layout.Inputs * cells);
            int input = layout.ByRows ? i / layout.Outputs : i / cells % layout.Inputs;
            int channel = (output / (layout.Outputs / layout.Groups) * layout.Inputs) + input;
            merged[i] = (float)(weights[i] * scale[channel]);
            summands[output] += weights[i] * shift[channel];
        }

        return (merged, Array.ConvertAll(summands, value => (float)value));
    }
}
