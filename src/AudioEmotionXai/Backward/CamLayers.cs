namespace AudioEmotionXai;

/// <summary>The layers of a classifier that class activation maps can be taken at.</summary>
internal static class CamLayers
{
    /// <summary>The model's own intermediate outputs, then the outputs of activations, sums, concatenations and pools with at least one
    /// spatial axis.</summary>
    public static IReadOnlyList<string> Of(ClassifierGraph graph)
    {
        List<string> layers = [];
        foreach (OnnxNode node in graph.Model.Nodes)
        {
            if (node.OpType
                    is "Relu" or "LeakyRelu" or "PRelu" or "Elu" or "HardSwish" or "Add" or "Concat" or "MaxPool" or "AveragePool"
                    or "Clip" or "Mul"
                && IsMap(graph.Shapes.ShapeOf(node.Outputs[0])))
                layers.Add(node.Outputs[0]);
        }

        HashSet<string> declared = [.. graph.Model.Outputs.Select(output => output.Name)];
        List<string> own = layers.FindAll(declared.Contains);
        return own.Count > 0 ? own : layers;
    }

    private static bool IsMap(Dim[]? shape) => shape is { Length: 3 or 4 } && shape.Skip(2).Any(length => length != 1);
}
