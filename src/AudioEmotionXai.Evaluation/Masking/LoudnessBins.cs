namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The equally loud control: a clip's cells in <see cref="Count"/> bins of equal size by loudness; for a mask, as many cells are drawn from
/// each bin as the mask has there.
/// </summary>
internal sealed class LoudnessBins
{
    /// <summary>The number of bins: the quantiles that loudness is matched to.</summary>
    public const int Count = 20;

    private readonly int[] _binOf;

    /// <summary>Bins of a clip's cells.</summary>
    /// <param name="loudness">One value per cell.</param>
    /// <param name="ties">Orders equally loud cells: by chance, as their place in memory would favour low frequencies.</param>
    public LoudnessBins(ReadOnlySpan<float> loudness, KeyedRandom ties)
    {
        int[] order = CellOrder.Descending(loudness, ties);
        _binOf = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
            _binOf[order[place]] = (int)((long)place * Count / order.Length);
    }

    /// <summary>A mask of cells that are as loud as those of another one.</summary>
    /// <param name="mask">The mask to match.</param>
    /// <param name="order">A random order of all cells: one draw, used for all masks of a clip.</param>
    public bool[] Match(ReadOnlySpan<bool> mask, ReadOnlySpan<int> order)
    {
        int[] wanted = new int[Count];
        for (int cell = 0; cell < mask.Length; cell++)
            wanted[_binOf[cell]] += mask[cell] ? 1 : 0;
        bool[] matched = new bool[mask.Length];
        foreach (int cell in order)
            matched[cell] = wanted[_binOf[cell]]-- > 0;
        return matched;
    }
}
