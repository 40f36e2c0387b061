namespace AudioEmotionXai;

/// <summary>Divides a signal by z + epsilon*sign(z), where sign(0) = +1, from operators that run fast; known signs shorten it.</summary>
internal static class Stabilizer
{
    // Stretches every z that is not tiny beyond any epsilon, so that a clip gives epsilon*sign(z)
    private const float Stretch = 1e30f;

    public static string Divide(BackwardNode node, string signal, string z, Sign sign, float epsilon)
    {
        GraphEmitter emit = node.Emit;
        if (Factors.Of(node.Graph, signal, z) is not { } factor)
            return RoutedSignals.Apply(node.Graph, signal, z, (share, value) => emit.Div(share, Stabilized(emit, value, sign, epsilon)));
        return RoutedSignals.Apply(node.Graph, factor, z, (share, value) =>
        {
            string size = sign is Sign.NonNegative ? value : emit.Abs(value);
            return emit.Mul(share, emit.Div(size, emit.Add(size, emit.Scalar(epsilon))));
        });
    }

    /// <summary>What epsilon takes of the signal: s * epsilon * sign(z).</summary>
    public static string Taken(BackwardNode node, string quotient, string z, Sign sign, float epsilon)
    {
        GraphEmitter emit = node.Emit;
        return emit.Mul(quotient, SignedEpsilon(emit, z, sign, epsilon));
    }

    private static string Stabilized(GraphEmitter emit, string z, Sign sign, float epsilon) =>
        emit.Add(z, SignedEpsilon(emit, z, sign, epsilon));

    private static string SignedEpsilon(GraphEmitter emit, string z, Sign sign, float epsilon) =>
        sign switch
        {
            Sign.NonNegative => emit.Scalar(epsilon),
            Sign.NonPositive => emit.Scalar(-epsilon),
            _ => emit.Node(
                "Clip", [emit.Add(emit.Mul(z, emit.Scalar(Stretch)), emit.Scalar(epsilon)), emit.Scalar(-epsilon), emit.Scalar(epsilon)]),
        };
}

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
