namespace AudioEmotionXai;

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
        (GradientTable.Rules.GetValueOrDefault(node.Node.OpType) ?? throw node.Unsupported("it is no sum that the norm rule knows")).Emit(
            probe);
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
