namespace AudioEmotionXai;

/// <summary>
/// Gate: of the factors of a product the signal takes all relevance and the gate none, as in squeeze-and-excitation or x*sigmoid(x); the
/// dividend takes all of a quotient. Arras et al. 2017, arXiv:1706.07206. The gate is the factor that a Sigmoid, Softmax, Clip or the like
/// bounds, or the smaller one that is spread over the other.
/// </summary>
public sealed record GateRule : RelevanceRule
{
    /// <summary>Whether both factors take half instead, as in Achtibat et al. 2024, arXiv:2402.05602. False by default.</summary>
    public bool Halves { get; init; }

    internal override void Propagate(BackwardNode node)
    {
        if (node.Wants(0) && node.Wants(1) && node.Node.OpType is "Mul")
            PassProduct(node);
        else if (!node.Wants(0) && node.Node.OpType is not "Mul")
            throw node.Unsupported("it divides a constant by a signal, which is no gate");
        else
            PassWhole(node, node.Wants(0) ? 0 : 1);
    }

    private static void PassWhole(BackwardNode node, int input) => node.Send(input, Broadcasting.SumTo(node, node.Signal, input));

    private void PassProduct(BackwardNode node)
    {
        if (!Halves)
        {
            PassWhole(node, 1 - GateOf(node));
            return;
        }

        string half = node.Emit.Mul(node.Signal, node.Emit.Scalar(0.5f));
        node.Send(0, Broadcasting.SumTo(node, half, 0));
        node.Send(1, Broadcasting.SumTo(node, half, 1));
    }

    private static int GateOf(BackwardNode node)
    {
        bool first = IsBounded(node, node.Input(0));
        bool second = IsBounded(node, node.Input(1));
        if (first == second)
        {
            first = IsSpread(node, 0);
            second = IsSpread(node, 1);
        }

        if (first == second)
            throw node.Unsupported(
                "it multiplies two signals, and neither is known to be the gate; new GateRule { Halves = true } would be a sensible "
                    + "choice, which lets both take half");
        return first ? 0 : 1;
    }

    private static bool IsSpread(BackwardNode node, int input) => !node.InputShape(input).AsSpan().SequenceEqual(node.OutputShape());

    private static bool IsBounded(BackwardNode node, string tensor)
    {
        RelevanceContext context = RelevanceContext.Of(node.Graph);
        while (context.ProducerOf(tensor) is { } producer)
        {
            if (producer.OpType is "Sigmoid" or "HardSigmoid" or "Softmax" or "Clip" or "Erf" or "Tanh")
                return true;
            if (Through(node, producer) is not { } before)
                return false;
            tensor = before;
        }

        return false;
    }

    /// <summary>What a node merely rescales, shifts by a constant or rearranges; null for other nodes.</summary>
    private static string? Through(BackwardNode node, OnnxNode producer)
    {
        if (producer.OpType is "Reshape" or "Unsqueeze" or "Squeeze" or "Expand" or "Transpose" or "Identity")
            return producer.Inputs[0];
        if (producer.OpType is not ("Mul" or "Div" or "Add"))
            return null;
        bool firstIsConstant = node.Graph.Constant(producer.Inputs[0]) is not null;
        bool secondIsConstant = node.Graph.Constant(producer.Inputs[1]) is not null;
        return firstIsConstant == secondIsConstant ? null : producer.Inputs[firstIsConstant ? 1 : 0];
    }
}
