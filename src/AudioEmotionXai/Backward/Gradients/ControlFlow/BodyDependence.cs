namespace AudioEmotionXai;

/// <summary>Which tensors of a graph inside a node depend on what wants a signal.</summary>
internal static class BodyDependence
{
    /// <param name="body">The graph.</param>
    /// <param name="wanted">Its inputs, and tensors around it, that want a signal.</param>
    /// <param name="carried">Inputs that are, from the second round on, an output of the round before.</param>
    public static HashSet<string> Of(BodyGraph body, IEnumerable<string> wanted, IReadOnlyList<(string Input, string Output)> carried)
    {
        HashSet<string> dependent = [.. wanted];
        bool grew;
        do
        {
            foreach (OnnxNode node in body.Model.Nodes)
                if (Differentiable.Inputs(node).Any(dependent.Contains))
                    dependent.UnionWith(
                        node.Outputs.Where(output => output.Length > 0 && BackwardCompiler.CarriesSignal(body.Shapes, output)));
            grew = false;
            foreach ((string input, string output) in carried)
                grew |= dependent.Contains(output) && dependent.Add(input);
        }
        while (grew);
        return dependent;
    }

    /// <summary>Passes the signals that were put at the outputs back through all nodes.</summary>
    public static void PassBack(BackwardGraph inside, IReadOnlyList<OnnxNode> nodes)
    {
        for (int i = nodes.Count - 1; i >= 0; i--)
            BackwardCompiler.PassBack(inside, inside.Rules, nodes[i]);
    }
}
