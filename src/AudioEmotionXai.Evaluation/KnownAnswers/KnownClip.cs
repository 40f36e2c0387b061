namespace AudioEmotionXai.Evaluation;

/// <summary>An input of which one knows where the evidence for a class lies.</summary>
/// <param name="Input">The input's values.</param>
/// <param name="Target">The class.</param>
/// <param name="Rival">The class of the other part: what a method that contrasts is to contrast with.</param>
/// <param name="Place">The cells in which its evidence lies.</param>
internal sealed record KnownClip(float[] Input, int Target, int Rival, bool[] Place)
{
    /// <summary>The share of the cells that the place takes: what chance reaches.</summary>
    public double Area => (double)Place.AsSpan().Count(true) / Place.Length;

    /// <summary>The share of a map's positive relevance that lies in the place; NaN where there is none.</summary>
    public double MassIn(ReadOnlySpan<float> map)
    {
        double inside = 0, all = 0;
        for (int cell = 0; cell < map.Length; cell++)
            if (map[cell] > 0)
            {
                all += map[cell];
                inside += Place[cell] ? map[cell] : 0;
            }

        return all > 0 ? inside / all : double.NaN;
    }

    /// <summary>The share of the place among as many cells of the map's largest values.</summary>
    public double RankIn(ReadOnlySpan<float> map, KeyedRandom ties)
    {
        int[] order = CellOrder.Descending(map, ties);
        int size = Place.AsSpan().Count(true), found = 0;
        foreach (int cell in order.AsSpan(0, size))
            found += Place[cell] ? 1 : 0;
        return (double)found / size;
    }

    /// <summary>Whether the largest value lies in the place: 1 or 0.</summary>
    public double PointIn(ReadOnlySpan<float> map, KeyedRandom ties) => Place[CellOrder.Descending(map, ties)[0]] ? 1 : 0;
}
