namespace AudioEmotionXai;

/// <summary>Layer-wise relevance propagation from the logits to the input, as one graph.</summary>
/// <param name="RelevanceRules">Which rule for which node.</param>
/// <param name="From">What relevance starts from.</param>
/// <param name="Ledger">Whether every node's account becomes an output.</param>
internal sealed record RelevanceProgram(RelevanceRules RelevanceRules, ScoreStart From, bool Ledger = false) : ProgramSpec
{
    public override RuleSet Rules => RelevanceRules;

    public override ScoreStart Start => From;

    public override IReadOnlyList<string> SignalsAt(BackwardGraph graph)
    {
        RelevanceContext context = RelevanceContext.Of(graph);
        if (Ledger)
            context.KeepLedger();
        return [graph.InputName];
    }

    public override string EmitRelevance(BackwardGraph graph)
    {
        RelevanceContext.Of(graph).Ledger?.DeclareOutputs();
        return graph.Signal(graph.InputName);
    }
}
