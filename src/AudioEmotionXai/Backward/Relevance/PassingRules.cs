namespace AudioEmotionXai;

/// <summary>Pass: the input gets the output's relevance unchanged. For activations, and for normalisations by statistics that count as
/// constants.</summary>
public sealed record PassRule : RelevanceRule
{
    internal override void Propagate(BackwardNode node)
    {
        int input = 0;
        while (input < node.Node.Inputs.Count && !node.Wants(input))
            input++;
        if (!node.OutputShape().AsSpan().SequenceEqual(node.InputShape(input)))
            throw node.Unsupported("the pass rule needs an output of its input's shape; norm or a gate would be a sensible choice");
        node.Send(input, node.Signal);
    }
}

/// <summary>
/// Route: every output cell is a copy of an input cell, which gets its relevance. For rearrangements (reshape, concatenate, slice, pad …)
/// and for winner-takes-all maxima, where the first winner gets it and windows that overlap add up.
/// </summary>
public sealed record RouteRule : RelevanceRule
{
    internal override void Propagate(BackwardNode node)
    {
        List<string?> signals = [];
        bool factored = true;
        for (int i = 0; i < node.Node.Outputs.Count; i++)
        {
            signals.Add(node.SignalOrNull(i));
            factored &= signals[i] is not { } signal || Factors.Of(node.Graph, signal, node.Output(i)) is not null;
        }

        BackwardNode probe = node.Probe(
            factored
                ? [.. signals.Select((signal, output) => signal is null ? null : Factors.Of(node.Graph, signal, node.Output(output)))]
                : signals);
        Borrowed(node)(probe);
        foreach ((int input, string share) in probe.Sent)
            node.Send(
                input,
                factored ? RoutedSignals.Apply(node.Graph, share, node.Input(input), (factor, x) => node.Emit.Mul(x, factor)) : share);
        AccountForLosses(node, signals);
    }

    private static BackwardRule Borrowed(BackwardNode node) => node.Node.GetString("reduction", "none") is not "none"
        ? throw node.Unsupported("it adds what it places, which makes sums of its cells")
        : GradientTable.Rules.GetValueOrDefault(node.Node.OpType) ?? throw node.Unsupported("its cells cannot be followed back");

    /// <summary>What came from constants, or was padded away, has nowhere to go.</summary>
    private static void AccountForLosses(BackwardNode node, IReadOnlyList<string?> signals)
    {
        if (RelevanceContext.Of(node.Graph).Ledger is not { } ledger
            || node.Node.OpType is not ("Pad" or "Concat" or "Where" or "Max" or "Min" or "Trilu" or "ScatterND" or "ScatterElements"))
            return;
        foreach (string? signal in signals)
            if (signal is not null)
                ledger.Take(node, LedgerAccount.Dropped, signal);
        foreach ((int _, string share) in node.Sent)
            ledger.Take(node, LedgerAccount.Dropped, share, -1);
    }
}

/// <summary>
/// Norm: inputs get relevance in proportion to what they contribute to a sum or an average, <c>R_k = z_k R / (sum z + epsilon*sign)</c>.
/// For residual sums, averages and average pools (cells of a padding count where the pool counts them). Constant summands take their share
/// like a bias.
/// </summary>
public sealed record NormRule : RelevanceRule
{
    private readonly float _epsilon = 1e-6f;

    /// <summary>The stabiliser of the quotient; above 0, 1e-6 by default.</summary>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = Positive(value, nameof(Epsilon));
    }

    internal override void Propagate(BackwardNode node)
    {
        RelevanceContext context = RelevanceContext.Of(node.Graph);
        string z = Factors.Divisor(node, node.Signal, node.Output());
        Sign sign = z != node.Output() || context.Signs.IsNonNegative(z) ? Sign.NonNegative : Sign.Unknown;
        string quotient = Stabilizer.Divide(node, node.Signal, z, sign, Epsilon);
        BackwardNode probe = node.Probe(quotient);
        BackwardRule gradient =
            GradientTable.Rules.GetValueOrDefault(node.Node.OpType) ?? throw node.Unsupported("it is no sum that the norm rule knows");
        gradient(probe);
        foreach ((int input, string share) in probe.Sent)
            node.Send(input, node.Emit.Mul(node.Input(input), share));
        if (context.Ledger is { } ledger)
            Account(ledger, node, quotient, z, sign);
    }

    private void Account(RelevanceLedger ledger, BackwardNode node, string quotient, string z, Sign sign)
    {
        ledger.Take(node, LedgerAccount.Epsilon, Stabilizer.Taken(node, quotient, z, sign, Epsilon));
        if (node.Node.OpType is not ("Add" or "Sub" or "Sum"))
            return;
        for (int i = 0; i < node.Node.Inputs.Count; i++)
            if (!node.Wants(i))
                ledger.Take(node, LedgerAccount.Bias, node.Emit.Mul(quotient, node.Input(i)), node.Node.OpType is "Sub" && i == 1 ? -1 : 1);
    }
}

/// <summary>
/// Squares: what is summed gets relevance in proportion to its square, <c>R_i = x_i^2 R / sum x^2</c>, which conserves it. For the power of
/// a spectrum, where real and imaginary part share what their line has.
/// </summary>
internal sealed record SquareRule : RelevanceRule
{
    // Only a sum of zeros has nothing to share out
    private const float Epsilon = 1e-30f;

    internal override void Propagate(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string quotient = Factors.Of(node.Graph, node.Signal, node.Output()) ?? Divided(node);
        BackwardNode probe = node.Probe(quotient);
        GradientTable.Rules[node.Node.OpType](probe);
        // The gradient of a square holds x twice
        foreach ((int input, string share) in probe.Sent)
            node.Send(input, emit.Mul(node.Input(input), emit.Scale(share, 0.5f)));
    }

    private static string Divided(BackwardNode node)
    {
        string quotient = Stabilizer.Divide(node, node.Signal, node.Output(), Sign.NonNegative, Epsilon);
        RelevanceContext
            .Of(node.Graph)
            .Ledger?.Take(node, LedgerAccount.Epsilon, Stabilizer.Taken(node, quotient, node.Output(), Sign.NonNegative, Epsilon));
        return quotient;
    }
}

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

    private static void PassWhole(BackwardNode node, int input) => node.SendSummed(input, node.Signal);

    private void PassProduct(BackwardNode node)
    {
        if (!Halves)
        {
            PassWhole(node, 1 - GateOf(node));
            return;
        }

        string half = node.Emit.Mul(node.Signal, node.Emit.Scalar(0.5f));
        node.SendSummed(0, half);
        node.SendSummed(1, half);
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
