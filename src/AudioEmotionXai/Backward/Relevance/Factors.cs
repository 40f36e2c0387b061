namespace AudioEmotionXai;

/// <summary>
/// Relevance is mostly emitted as a tensor times something. Where the next rule would divide by that same tensor, it takes the
/// something instead: fewer passes over memory between convolutions, and no cancellation.
/// </summary>
internal static class Factors
{
    /// <summary>The tensor f with signal = by * f, if the signal was emitted as such a product or as a sum of such products; else
    /// null.</summary>
    public static string? Of(BackwardGraph graph, string signal, string by)
    {
        if (RoutedSignals.Of(graph).Find(signal) is { } routed)
            return routed.Pool.Input(0) == by && Of(graph, routed.Signal, routed.Pool.Output()) is { } winners
                ? MaxPoolRouting.Emit(routed.Pool, winners)
                : null;
        if (graph.Emit.EmitterOf(signal) is not { } node)
            return null;
        if (node.OpType is "Mul")
            return node.Inputs[0] == by ? node.Inputs[1] : null;
        if (node.OpType is "Add" && Of(graph, node.Inputs[0], by) is { } left && Of(graph, node.Inputs[1], by) is { } right)
            return graph.Emit.Add(left, right);
        return null;
    }

    /// <summary>
    /// The tensor to divide by in place of a node's output: the output of the Relu behind it where the signal is a multiple of that. Both
    /// agree wherever any relevance is, and the node's own output need not be kept beside the Relu's.
    /// </summary>
    public static string Divisor(BackwardNode node, string signal, string output)
    {
        string? relu = RelevanceContext.Of(node.Graph).ReluOf(output);
        return relu is not null && Of(node.Graph, signal, relu) is not null ? relu : output;
    }
}
