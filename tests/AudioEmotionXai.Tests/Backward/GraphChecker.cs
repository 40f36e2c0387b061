namespace AudioEmotionXai.Tests;

/// <summary>
/// What every compiled graph must keep: each tensor is made once and before it is read, nodes have names of their own, operators are
/// of the standard domain, and declared outputs exist.
/// </summary>
internal static class GraphChecker
{
    public static void Check(OnnxModel model)
    {
        List<string> problems = [.. Problems(model)];
        Assert.That(problems, Is.Empty, $"{model.Name} is not sound:\n{string.Join('\n', problems)}");
    }

    public static IEnumerable<string> Problems(OnnxModel model) => Problems(model, []);

    /// <summary>The problems of a graph; one inside a node also reads what is known around it, and gives nothing known there another meaning.</summary>
    private static IEnumerable<string> Problems(OnnxModel model, HashSet<string> around)
    {
        HashSet<string> known = [.. around];
        foreach (string constant in model.Initializers.Keys)
            if (!known.Add(constant))
                yield return $"the constant '{constant}' has a name that is taken";
        foreach (OnnxValueInfo input in model.Inputs)
            if (!known.Add(input.Name))
                yield return $"the input '{input.Name}' has a name that is taken";
        HashSet<string> names = [];
        foreach (OnnxNode node in model.Nodes)
        {
            if (node.Domain.Length > 0)
                yield return $"{node} is not of the standard domain";
            if (node.Name.Length > 0 && !names.Add(node.Name))
                yield return $"the node name '{node.Name}' occurs twice";
            foreach (string input in node.Inputs)
                if (input.Length > 0 && !known.Contains(input))
                    yield return $"{node} reads '{input}', which nothing before it makes";
            foreach (string attribute in (string[])["body", "then_branch", "else_branch"])
                if (node.GetGraph(attribute) is { } graph)
                    foreach (string problem in Problems(OnnxModel.OfSubgraph(graph, model), known))
                        yield return $"in {node}: {problem}";
            foreach (string output in node.Outputs)
                if (output.Length > 0 && !known.Add(output))
                    yield return $"{node} makes '{output}', which exists already";
        }

        HashSet<string> outputs = [];
        foreach (OnnxValueInfo output in model.Outputs)
        {
            if (!known.Contains(output.Name) || (around.Count > 0 && around.Contains(output.Name)))
                yield return $"the output '{output.Name}' is not computed";
            if (!outputs.Add(output.Name))
                yield return $"the output '{output.Name}' is declared twice";
        }
    }
}
