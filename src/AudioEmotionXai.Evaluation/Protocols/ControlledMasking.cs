namespace AudioEmotionXai.Evaluation;

/// <summary>Runs the controlled protocol on single clips.</summary>
internal sealed class ControlledMasking(ControlledProtocol protocol, InputGrid grid, long seed)
{
    // What a stream of random numbers is for: part of its key.
    private const long Ties = 1, Scatter = 2, Shift = 3, Noise = 4;

    /// <summary>Measures one clip.</summary>
    /// <param name="batch">Asks the model for the class's probability.</param>
    /// <param name="sample">The clip's values.</param>
    /// <param name="methods">How to read the maps.</param>
    /// <param name="maps">One map per method.</param>
    /// <param name="clip">The clip's number in the corpus: its random numbers hang on it, not on the order of work.</param>
    /// <param name="target">The class.</param>
    /// <param name="probability">Its probability with nothing masked.</param>
    public ClipDrops Measure(
        MaskedBatch batch, ReadOnlySpan<float> sample, IReadOnlyList<MethodTraits> methods, IReadOnlyList<float[]> maps, int clip,
        int target, float probability)
    {
        int draws = protocol.DrawCount, conditions = protocol.Conditions;
        if (grid.Cells <= draws)
            throw new ArgumentException($"An input of {grid.Cells} cells cannot be moved to {draws} other places.");
        ClipDrops drops = new(maps.Count, draws, conditions);
        ClipMasker masker = new(batch, MakeFills(sample, clip), target);
        int[][] orders = [.. maps.Select((map, method) => OrderOf(map, methods[method], clip))];
        KeyedRandom scatter = new(seed, clip, Scatter);
        (int, int)[] shifts = MaskShift.Draw(grid, draws, new KeyedRandom(seed, clip, Shift));
        for (int method = 0; method < orders.Length; method++)
            masker.Add(sample, Masks(orders[method]), drops.Important.AsMemory(method * conditions, conditions));
        for (int draw = 0; draw < draws; draw++)
            masker.Add(sample, Masks(scatter.NextPermutation(grid.Cells)), drops.Scattered.AsMemory(draw * conditions, conditions));
        for (int method = 0; method < orders.Length; method++)
            for (int draw = 0; draw < draws; draw++)
                masker.Add(
                    sample, Masks(orders[method], shifts[draw]),
                        drops.Shifted.AsMemory(((method * draws) + draw) * conditions, conditions));
        masker.Finish(probability);
        return drops;
    }

    // A fill that is not this clip's turn stays empty.
    private float[][] MakeFills(ReadOnlySpan<float> sample, int clip)
    {
        float[][] fills = new float[protocol.Fills.Count][];
        Array.Fill(fills, []);
        for (int turn = 0; turn < protocol.FillCount; turn++)
        {
            int fill = (clip + turn) % fills.Length;
            fills[fill] = SampleFill.Create(protocol.Fills[fill], sample, grid, new KeyedRandom(seed, clip, Noise));
        }

        return fills;
    }

    private int[] OrderOf(float[] map, MethodTraits method, int clip)
    {
        float[] values = map;
        if (method.Meaning == MapMeaning.Signed && protocol.SignedMaps == SignedMapOrder.Magnitude)
            values = Array.ConvertAll(map, Math.Abs);
        return CellOrder.Descending(values, new KeyedRandom(seed, clip, Ties));
    }

    private bool[][] Masks(int[] order, (int Bins, int Frames) shift = default) =>
        [
            .. protocol.Fractions.Select(fraction =>
                MaskShift.Apply<bool>(CellOrder.First(order, CellOrder.CountOf(fraction, grid.Cells)), grid, shift)),
        ];
}
