namespace AudioEmotionXai;

/// <summary>
/// How relevance passes back through one node; used by layer-wise relevance propagation (Bach et al. 2015,
/// doi:10.1371/journal.pone.0130140). Rules are values, and are put together in <see cref="RelevanceRules"/>.
/// </summary>
public abstract record RelevanceRule : BackwardRule
{
    private protected RelevanceRule()
    {
    }

    internal sealed override void Emit(BackwardNode node)
    {
        Propagate(node);
        RelevanceContext.Of(node.Graph).Ledger?.Close(node);
    }

    /// <summary>Emits what every wanted input gets, and tells the ledger what gets lost on the way.</summary>
    internal abstract void Propagate(BackwardNode node);

    private protected static float Positive(float value, string name) => value > 0 && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A finite number above 0 is expected; 1e-9 is as good as none.");
}
