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
        [
            .. graph.Model.Nodes.Where(node =>
                leading.Contains(node.Outputs[0]) && CamGrid.TryFind(graph, node.Outputs[0], out _, out _)),
        ];
        List<string> layers = [.. maps.Where(node => s_operators.Contains(node.OpType)).Select(node => node.Outputs[0])];
        HashSet<string> declared = [.. graph.Model.Outputs.Select(output => output.Name)];
        List<string> own = layers.FindAll(declared.Contains);
        return own.Count > 0 ? own : layers.Count > 0 ? layers : [.. maps.Select(node => node.Outputs[0])];
    }

    /// <summary>The layer taken where none is named: the last of which every place can matter to the scores. Behind the last attention of a
    /// network with a class token only that token does. Null where there is none.</summary>
    public static string? Default(ClassifierGraph graph)
    {
        IReadOnlyList<string> layers = Of(graph);
        HashSet<string> mattering = MatteringInAllPlaces(graph);
        return layers.LastOrDefault(mattering.Contains) ?? (layers.Count > 0 ? layers[^1] : null);
    }

    /// <summary>The layer taken where none is named.</summary>
    /// <exception cref="ArgumentException">The model has none.</exception>
    public static string LastOf(ClassifierGraph graph) => Default(graph)
        ?? throw new ArgumentException(
            $"{graph.Model.Name}: no layer shows the input's ({graph.Input}) frequency or time: class activation maps need one."
                + (graph.Layout is null ? " It is not clear what the input's axes mean: --layout says it." : ""));

    /// <summary>The tensors that lead to the scores by more than one place picked out of them, such as the class token.</summary>
    private static HashSet<string> MatteringInAllPlaces(ClassifierGraph graph)
    {
        HashSet<string> all = [graph.Logits], leading = [graph.Logits];
        foreach (OnnxNode node in graph.Model.Nodes.Reverse())
        {
            if (!node.Outputs.Any(leading.Contains))
                continue;
            leading.UnionWith(node.Inputs);
            if (PicksAPlace(graph, node))
                continue;
            // What has no places of its own, or mixes them, needs all of those that it reads
            bool mixes = node.OpType is "MatMul" && node.Inputs.All(input => graph.Axes.RolesOf(input) is not null);
            if (mixes || node.Outputs.Any(output => all.Contains(output) || !HasPlaces(graph, output)))
                all.UnionWith(node.Inputs);
        }

        return all;
    }

    private static bool PicksAPlace(ClassifierGraph graph, OnnxNode node) =>
        node.OpType is "Gather" or "Slice" && HasPlaces(graph, node.Inputs[0]) && !HasPlaces(graph, node.Outputs[0]);

    /// <summary>Whether an axis of more than one cell shows places of the input.</summary>
    private static bool HasPlaces(ClassifierGraph graph, string tensor) =>
        graph.Axes.RolesOf(tensor) is { } roles
        && graph.Shapes.ShapeOf(tensor) is { } shape
        && roles.Index().Any(role => role.Item.Kind is AxisKind.Image or AxisKind.Tokens && shape[role.Index] != 1);

    private static HashSet<string> LeadingToScores(ClassifierGraph graph)
    {
        HashSet<string> leading = [graph.Logits];
        foreach (OnnxNode node in graph.Model.Nodes.Reverse())
            if (node.Outputs.Any(leading.Contains))
                leading.UnionWith(node.Inputs);
        return leading;
    }
}
