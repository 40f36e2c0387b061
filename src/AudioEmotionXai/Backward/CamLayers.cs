namespace AudioEmotionXai;

/// <summary>The layers of a classifier that class activation maps can be taken at.</summary>
internal static class CamLayers
{
    private static readonly HashSet<string> s_operators =
        ["Relu", "LeakyRelu", "PRelu", "Elu", "HardSwish", "Add", "Concat", "MaxPool", "AveragePool", "Clip", "Mul"];

    /// <summary>The model's own intermediate outputs, then the outputs of activations, sums, concatenations and pools, then those of any
    /// operator, whichever comes first: tensors that lead to the scores and show the input's frequency or time, alone or as
    /// tokens.</summary>
    public static IReadOnlyList<string> Of(ClassifierGraph graph)
    {
        HashSet<string> leading = LeadingToScores(graph);
        List<OnnxNode> maps =
            [.. graph.Model.Nodes.Where(node => leading.Contains(node.Outputs[0]) && CamGrid.TryFind(graph, node.Outputs[0], out _, out _))];
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
            $"{graph.Model.Name}: no layer shows the input's ({graph.Input}) frequency or time: class activation maps need one."
                + (graph.Layout is null ? " It is not clear what the input's axes mean: --layout says it." : ""));

    private static HashSet<string> LeadingToScores(ClassifierGraph graph)
    {
        HashSet<string> leading = [graph.Logits];
        foreach (OnnxNode node in graph.Model.Nodes.Reverse())
            if (node.Outputs.Any(leading.Contains))
                leading.UnionWith(node.Inputs);
        return leading;
    }
}
