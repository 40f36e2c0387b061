namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Destroys what a model has learned, layer by layer from the head down, on the ONNX weights.
/// Adebayo et al., "Sanity checks for saliency maps", 2018, arXiv:1810.03292: cascading randomisation.
/// </summary>
/// <remarks>
/// By default a weight becomes independent normal draws of the tensor's own mean and standard deviation, where the paper re-initialises:
/// activations keep their size. A standard deviation of 0 leaves a tensor as it is. See <see cref="RandomWeights"/>.
/// </remarks>
internal static class WeightRandomizer
{
    /// <summary>Names of the layers with weights, the head first.</summary>
    public static string[] LayersFromTheHead(OnnxModel model) =>
        [.. model.Nodes.Reverse().Where(node => WeightsOf(model, node).Any()).Select(node => node.Outputs[0])];

    /// <summary>A copy of the model whose first <paramref name="layers"/> layers from the head have random weights.</summary>
    public static OnnxModel Randomize(OnnxModel model, int layers, long seed, RandomWeights kind = RandomWeights.OwnMoments)
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
                    Replace(copy, weights[i], DrawerOf(node, weights[i], kind), new KeyedRandom(seed, layer, i));
            layer++;
        }

        return copy;
    }

    // A front end in the graph is no layer: its transforms were never learned
    private static IEnumerable<OnnxTensor> WeightsOf(OnnxModel model, OnnxNode node)
    {
        if (FrontEndRules.Covers(node))
            yield break;
        foreach (string input in node.Inputs)
            if (model.Initializers.TryGetValue(input, out OnnxTensor? tensor) && tensor.IsFloatingPoint && tensor.Count > 1)
                yield return tensor;
    }

    // What one value of a tensor is drawn as
    private static Func<KeyedRandom, double> DrawerOf(OnnxNode node, OnnxTensor tensor, RandomWeights kind)
    {
        int place = node.Proto.Input.IndexOf(tensor.Name);
        bool isNormalization = node.OpType == "BatchNormalization";
        if (kind == RandomWeights.HeNormal)
        {
            double spread = tensor.Shape.Count < 2 ? 0 : Math.Sqrt(2.0 / InputsOf(node, tensor));
            double middle = isNormalization && place is 1 or 4 ? 1 : 0;
            return random => middle + (spread * random.NextNormal());
        }

        float[] values = tensor.ToFloats();
        double mean = values.Average(value => (double)value);
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return isNormalization && place == 4
            ? random => Math.Abs(mean + (deviation * random.NextNormal()))
            : random => mean + (deviation * random.NextNormal());
    }

    // How many values one output sums over
    private static long InputsOf(OnnxNode node, OnnxTensor tensor)
    {
        long[] shape = [.. tensor.Shape];
        return node.OpType switch
        {
            "Conv" => shape.Skip(1).Aggregate(1L, (product, side) => product * side),
            "MatMul" => shape[^2],
            "Gemm" when node.GetInt("transB", 0) == 0 => shape[^2],
            _ => shape[^1],
        };
    }

    private static void Replace(OnnxModel model, OnnxTensor tensor, Func<KeyedRandom, double> draw, KeyedRandom random)
    {
        float[] values = new float[tensor.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)draw(random);
        model.RemoveInitializer(tensor.Name);
        model.AddInitializer(OnnxTensor.FromFloats(tensor.Name, values, [.. tensor.Shape]));
    }
}
