namespace AudioEmotionXai;

/// <summary>The layers of a classifier that class activation maps can be taken at.</summary>
internal static class CamLayers
{
    private static readonly HashSet<string> s_operators =
        ["Relu", "LeakyRelu", "PRelu", "Elu", "HardSwish", "Add", "Concat", "MaxPool", "AveragePool", "Clip", "Mul"];

    /// <summary>The model's own intermediate outputs, then the outputs of activations, sums, concatenations and pools, then those of any
    /// operator, whichever comes first: tensors that lead to the scores, with as many axes as the input, one of them to map.</summary>
    public static IReadOnlyList<string> Of(ClassifierGraph graph)
    {
        HashSet<string> leading = LeadingToScores(graph);
        List<OnnxNode> maps =
            [.. graph.Model.Nodes.Where(node => leading.Contains(node.Outputs[0]) && IsMap(graph, graph.Shapes.ShapeOf(node.Outputs[0])))];
        List<string> layers = [.. maps.Where(node => s_operators.Contains(node.OpType)).Select(node => node.Outputs[0])];
        HashSet<string> declared = [.. graph.Model.Outputs.Select(output => output.Name)];
        List<string> own = layers.FindAll(declared.Contains);
        return own.Count > 0 ? own : layers.Count > 0 ? layers : [.. maps.Select(node => node.Outputs[0])];
    }

    /// <summary>The layer taken where none is named.</summary>
    /// <exception cref="ArgumentException">The model has none.</exception>
    public static string LastOf(ClassifierGraph graph) => Of(graph) is [.., string last]
        ? last
        : throw new ArgumentException(
            $"{graph.Model.Name}: no layer has channels and axes to map, as many axes as the input ({graph.Input}): class activation maps "
                + "need one.");

    private static HashSet<string> LeadingToScores(ClassifierGraph graph)
    {
        HashSet<string> leading = [graph.Logits];
        foreach (OnnxNode node in graph.Model.Nodes.Reverse())
            if (node.Outputs.Any(leading.Contains))
                leading.UnionWith(node.Inputs);
        return leading;
    }

    private static bool IsMap(ClassifierGraph graph, Dim[]? shape) =>
        shape is { Length: 3 or 4 } && shape.Length == graph.Input.Shape?.Count && shape.Skip(2).Any(length => length != 1);
}
