namespace AudioEmotionXai;

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
        GradientTable.Rules[node.Node.OpType].Emit(probe);
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
