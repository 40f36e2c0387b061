namespace AudioEmotionXai;

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
            .. model.Nodes.Where(node => node.Inputs.Contains(tensor) || Subgraphs.OuterReferences(node).Contains(tensor)),
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
        linear.Inputs[0] = normalization.Inputs[0];
        linear.Inputs[1] = $"{name}.weight";
        if (linear.Inputs.Count > 2)
            linear.Inputs[2] = $"{name}.bias";
        else
            linear.Inputs.Add($"{name}.bias");
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
