namespace AudioEmotionXai.TestKit;

/// <summary>Graphs of (N, C, H, W) operators drawn at random; now and then a node reads an earlier tensor of the same shape as well.</summary>
internal static class RandomGraph
{
    private static readonly string[] s_linear = ["Conv", "Conv", "AveragePool", "ConvTranspose", "Pad", "Resize", "Concat", "Slice", "Tile", "Add"];

    public static string[] Linear => s_linear;

    public static string[] All => [.. s_linear, "MaxPool", "Relu", "Relu"];

    /// <summary>Extends a model from its input "x"; returns the last tensor.</summary>
    public static string AddNodes(OnnxModel model, Random random, int count, string[] operators)
    {
        string tensor = "x";
        for (int i = 0; i < count; i++)
            tensor = AddNode(model, random, operators[random.Next(operators.Length)], tensor, i);
        return tensor;
    }

    private static string AddNode(OnnxModel model, Random random, string opType, string x, int index)
    {
        Dim[] shape = ShapeInference.Infer(model).ShapeOf(x)!;
        int channels = (int)shape[1].Offset;
        OnnxNode Add(params string[] inputs) => model.Add(new OnnxNode(opType, $"node{index}", [x, .. inputs], [$"t{index}"]));
        string Integers(params long[] values)
        {
            string name = $"c{model.Initializers.Count}";
            model.AddInitializer(OnnxTensor.FromInt64s(name, values, values.Length));
            return name;
        }

        string Weights(params long[] lengths)
        {
            string name = $"w{index}";
            model.AddInitializer(OnnxTensor.FromFloats(name, Array.ConvertAll(OperatorCase.Normal(random, lengths.Aggregate(1L, (cells, length) => cells * length)), value => value / 4), lengths));
            return name;
        }

        switch (opType)
        {
            case "Conv":
                Add(Weights(4, channels, random.Next(1, 4), 2)).Set("strides", random.Next(1, 3), random.Next(1, 3)).Set("pads", 1, 1, 2, 1).Set("dilations", random.Next(1, 3), 1);
                break;
            case "MaxPool" or "AveragePool":
                Add().Set("kernel_shape", 3, 2).Set("strides", 2, 1).Set("pads", 1, 1, 1, 0).Set("ceil_mode", random.Next(2));
                break;
            case "ConvTranspose":
                Add(Weights(channels, 2, 3, 3)).Set("strides", 2, 1).Set("output_padding", 1, 0);
                break;
            case "Pad":
                Add(Integers(0, 0, 1, 0, 0, 1, 0, 2));
                break;
            case "Resize":
                model.AddInitializer(OnnxTensor.FromFloats($"w{index}", [1, 1, 1.5f, 2], 4));
                Add("", $"w{index}").Set("mode", random.Next(2) == 0 ? "nearest" : "linear");
                break;
            case "Concat":
                Add(x).Set("axis", random.Next(1, 4));
                break;
            case "Slice":
                Add(Integers(0, 1), Integers(1000, -1), Integers(3, 2), Integers(2, 1));
                break;
            case "Tile":
                Add(Integers(1, 1, 1, 2));
                break;
            case "Add":
                string[] earlier = [.. model.Nodes.Select(node => node.Outputs[0]).Where(name => ShapeInference.Infer(model).ShapeOf(name) is { } other && other.SequenceEqual(shape))];
                Add(earlier.Length > 0 ? earlier[random.Next(earlier.Length)] : x);
                break;
            default:
                Add();
                break;
        }

        return $"t{index}";
    }
}
