namespace AudioEmotionXai;

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
        Borrowed(node).Emit(probe);
        foreach ((int input, string share) in probe.Sent)
            node.Send(
                input,
                factored ? RoutedSignals.Apply(node.Graph, share, node.Input(input), (factor, x) => node.Emit.Mul(x, factor)) : share);
        AccountForLosses(node, signals);
    }

    private static GradientRule Borrowed(BackwardNode node) =>
        GradientTable.Rules.GetValueOrDefault(node.Node.OpType) ?? throw node.Unsupported("its cells cannot be followed back");

    /// <summary>What came from constants, or was padded away, has nowhere to go.</summary>
    private static void AccountForLosses(BackwardNode node, IReadOnlyList<string?> signals)
    {
        if (RelevanceContext.Of(node.Graph).Ledger is not { } ledger
            || node.Node.OpType is not ("Pad" or "Concat" or "Where" or "Max" or "Min"))
            return;
        foreach (string? signal in signals)
            if (signal is not null)
                ledger.Take(node, LedgerAccount.Dropped, signal);
        foreach ((int _, string share) in node.Sent)
            ledger.Take(node, LedgerAccount.Dropped, share, -1);
    }
}
