namespace AudioEmotionXai.Evaluation;

/// <summary>Puts a map's cells in order of relevance and picks areas of equal size.</summary>
internal static class CellOrder
{
    /// <summary>Cell indices, most relevant first.</summary>
    /// <param name="map">One value per cell; NaN counts as the least relevant.</param>
    /// <param name="ties">Orders equal cells: by chance, since their place in memory would favour low frequencies.</param>
    public static int[] Descending(ReadOnlySpan<float> map, KeyedRandom ties)
    {
        int[] order = ties.NextPermutation(map.Length);
        ulong[] keys = new ulong[map.Length];
        for (int place = 0; place < order.Length; place++)
            keys[place] = ((ulong)DescendingKey(map[order[place]]) << 32) | (uint)place;
        Array.Sort(keys, order);
        return order;
    }

    /// <summary>The mask of the first <paramref name="count"/> cells of an order.</summary>
    public static bool[] First(ReadOnlySpan<int> order, int count)
    {
        bool[] mask = new bool[order.Length];
        foreach (int cell in order[..count])
            mask[cell] = true;
        return mask;
    }

    /// <summary>The number of cells in a share of an area, at least one.</summary>
    public static int CountOf(double fraction, int cells) =>
        Math.Clamp((int)Math.Round(fraction * cells, MidpointRounding.AwayFromZero), 1, cells);

    // An unsigned number that falls as the value rises.
    private static uint DescendingKey(float value)
    {
        if (float.IsNaN(value))
            return uint.MaxValue;
        uint bits = BitConverter.SingleToUInt32Bits(value + 0f);
        return (bits & 0x80000000) == 0 ? ~(bits | 0x80000000) : bits;
    }
}
