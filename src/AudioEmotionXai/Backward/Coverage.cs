namespace AudioEmotionXai;

/// <summary>Which nodes of a classifier a rule set covers, found by trying: each rule emits into a copy that is thrown away.</summary>
internal static class Coverage
{
    /// <summary>The nodes between input and logits, in the order of the graph; shape arithmetic and other constants are left out.</summary>
    public static IReadOnlyList<NodeCoverage> Of(ClassifierGraph forward, IRuleSet rules) => Of(forward, rules, [forward.Input.Name]);

    /// <summary>The same, of the nodes between some tensors and the logits.</summary>
    public static IReadOnlyList<NodeCoverage> Of(ClassifierGraph forward, IRuleSet rules, IReadOnlyList<string> wanted)
    {
        OnnxModel copy = forward.Model.Clone();
        HashSet<string> onPath = BackwardCompiler.Path(forward, wanted);
        BackwardGraph graph = new(forward, copy, rules, onPath);
        List<NodeCoverage> coverage = [];
        foreach (OnnxNode node in copy.Nodes.ToList())
        {
            if (!node.Outputs.Any(onPath.Contains) || !Differentiable.Inputs(node).Any(onPath.Contains))
                continue;
            // Any tensor of the right shape will do as the signal that arrives
            foreach (string output in node.Outputs.Where(onPath.Contains))
                graph.AddSignal(output, output);
            coverage.Add(new NodeCoverage(node.ToString(), node.OpType, ProblemAt(graph, rules, node)));
        }

        return coverage;
    }

    private static string? ProblemAt(BackwardGraph graph, IRuleSet rules, OnnxNode node)
    {
        try
        {
            BackwardCompiler.PassBack(graph, rules, node);
            return null;
        }
        catch (UnsupportedOperatorException problem)
        {
            return problem.Message;
        }
    }
}

/// <summary>Whether a rule set can pass back through one node of a model.</summary>
/// <param name="Node">Operator and name, as messages call the node.</param>
/// <param name="OpType">The operator.</param>
/// <param name="Problem">Why not, or null where it can.</param>
public sealed record NodeCoverage(string Node, string OpType, string? Problem)
{
    /// <summary>Whether the rule set can pass back through the node.</summary>
    public bool IsCovered => Problem is null;
}
