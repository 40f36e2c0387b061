namespace AudioEmotionXai;

/// <summary>Says when more samples would not change which segments are on top, or could hardly tell them apart.</summary>
/// <remarks>
/// Settled means: over three looks in a row the same top segments, and the last of them ahead of the next by more than the
/// standard error of their difference allows for. A ranking that has not settled by <paramref name="tiedFrom"/> samples counts as tied.
/// </remarks>
internal sealed class RankingMonitor(int top, double separation, int tiedFrom)
{
    private const int LooksInARow = 3;
    private int[] _before = [];
    private int _same;

    /// <summary>Whether the fit's ranking is asked for at all.</summary>
    public bool WatchesRanking => top > 0;

    /// <summary>Looks at a new fit; says why no more samples are needed, or <see cref="LimeEnd.AllSamples"/> where they are.</summary>
    public LimeEnd Look(LinearSurrogate model, int samples)
    {
        ReadOnlySpan<int> order = model.Order.Span;
        if (order.Length <= top)
            return LimeEnd.AllSamples;
        int[] now = order[..top].ToArray();
        Array.Sort(now);
        _same = now.AsSpan().SequenceEqual(_before) ? _same + 1 : 1;
        _before = now;
        if (_same >= LooksInARow && model.Lead(order[top - 1], order[top]) >= separation)
            return LimeEnd.StableRanking;
        return samples >= tiedFrom ? LimeEnd.TiedRanking : LimeEnd.AllSamples;
    }
}
