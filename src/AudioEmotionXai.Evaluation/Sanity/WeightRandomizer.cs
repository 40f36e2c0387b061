namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Destroys what a model has learned, layer by layer from the head down, on the ONNX weights.
/// Adebayo et al., "Sanity checks for saliency maps", 2018, arXiv:1810.03292: cascading randomisation.
/// </summary>
/// <remarks>
/// A weight becomes independent normal draws of the tensor's own mean and standard deviation, where the paper re-initialises: activations
/// keep their size. A standard deviation of 0 leaves a tensor as it is.
/// </remarks>
internal static class WeightRandomizer
{
    /// <summary>Names of the layers with weights, the head first.</summary>
    public static string[] LayersFromTheHead(OnnxModel model) =>
        [.. model.Nodes.Reverse().Where(node => WeightsOf(model, node).Any()).Select(node => node.Outputs[0])];

    /// <summary>A copy of the model whose first <paramref name="layers"/> layers from the head have random weights.</summary>
    public static OnnxModel Randomize(OnnxModel model, int layers, long seed)
    {
        OnnxModel copy = model.Clone();
        HashSet<string> done = [];
        int layer = 0;
        foreach (OnnxNode node in model.Nodes.Reverse())
        {
            OnnxTensor[] weights = [.. WeightsOf(model, node)];
            if (weights.Length == 0)
                continue;
            if (layer == layers)
                break;
            for (int i = 0; i < weights.Length; i++)
                if (done.Add(weights[i].Name))
                    Replace(
                        copy, weights[i],
                        mustBePositive: node.OpType == "BatchNormalization" && node.Proto.Input.IndexOf(weights[i].Name) == 4,
                        new KeyedRandom(seed, layer, i));
            layer++;
        }

        return copy;
    }

    private static IEnumerable<OnnxTensor> WeightsOf(OnnxModel model, OnnxNode node)
    {
        foreach (string input in node.Inputs)
            if (model.Initializers.TryGetValue(input, out OnnxTensor? tensor) && tensor.IsFloatingPoint && tensor.Count > 1)
                yield return tensor;
    }

    private static void Replace(OnnxModel model, OnnxTensor tensor, bool mustBePositive, KeyedRandom random)
    {
        float[] values = tensor.ToFloats();
        double mean = values.Average(value => (double)value);
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        for (int i = 0; i < values.Length; i++)
        {
            double draw = mean + (deviation * random.NextNormal());
            values[i] = (float)(mustBePositive ? Math.Abs(draw) : draw);
        }

        model.RemoveInitializer(tensor.Name);
        model.AddInitializer(OnnxTensor.FromFloats(tensor.Name, values, [.. tensor.Shape]));
    }
}
