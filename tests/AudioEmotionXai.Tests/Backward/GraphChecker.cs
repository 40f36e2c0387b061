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

    public static IEnumerable<string> Problems(OnnxModel model)
    {
        HashSet<string> known = [.. model.Initializers.Keys];
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
            foreach (string output in node.Outputs)
                if (output.Length > 0 && !known.Add(output))
                    yield return $"{node} makes '{output}', which exists already";
        }

        HashSet<string> outputs = [];
        foreach (OnnxValueInfo output in model.Outputs)
        {
            if (!known.Contains(output.Name))
                yield return $"the output '{output.Name}' is not computed";
            if (!outputs.Add(output.Name))
                yield return $"the output '{output.Name}' is declared twice";
        }
    }
}
