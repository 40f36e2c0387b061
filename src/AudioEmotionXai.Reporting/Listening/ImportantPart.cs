namespace AudioEmotionXai.Reporting;

/// <summary>Chooses the cells that a map calls important, and random parts of the same shape to hold them against.</summary>
internal sealed class ImportantPart(ListeningOptions options, SoundingCells grid)
{
    // What a stream of random numbers is for: part of its key.
    private const long Ties = 1, Shift = 2;

    /// <summary>The most important sounding cells.</summary>
    public bool[] Choose(TimeFrequencyMap map, MapMeaning meaning)
    {
        float[] values = Smooth(Array.ConvertAll(grid.Cut(map), value => SoundingCells.Importance(value, meaning, IsMagnitude)));
        int[] order = CellOrder.Descending(values, new KeyedRandom(options.Seed, Ties));
        return CellOrder.First(order, CellOrder.CountOf(options.Fraction, values.Length));
    }

    /// <summary>The same shape elsewhere, as the controlled protocol moves it: up by bins and right by frames, wrapped around the edges of
    /// the sounding cells.</summary>
    public bool[][] Controls(ReadOnlySpan<bool> part)
    {
        (int, int)[] shifts = MaskShift.Draw(Cells, options.Draws, new KeyedRandom(options.Seed, Shift));
        bool[][] controls = new bool[shifts.Length][];
        for (int draw = 0; draw < shifts.Length; draw++)
            controls[draw] = MaskShift.Apply(part, Cells, shifts[draw]);
        return controls;
    }

    /// <summary>How much each sounding cell weighs in the map, never negative.</summary>
    public float[] Weights(TimeFrequencyMap map, MapMeaning meaning) => grid.Weights(map, meaning, IsMagnitude);

    private bool IsMagnitude => options.SignedMaps == SignedMapOrder.Magnitude;

    private InputGrid Cells => new(1, grid.Bins, grid.Frames);

    private float[] Smooth(float[] values)
    {
        if (options.SmoothingCells == 0)
            return values;
        double[] smoothed = Array.ConvertAll(values, value => (double)value);
        GaussianSmoothing.Apply(smoothed, grid.Bins, grid.Frames, options.SmoothingCells);
        return Array.ConvertAll(smoothed, value => (float)value);
    }
}
