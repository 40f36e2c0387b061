namespace AudioEmotionXai.Evaluation;

/// <summary>Runs the controlled protocol on single clips.</summary>
/// <param name="protocol">Shares, fills, draws and order.</param>
/// <param name="grid">How the clips lie.</param>
/// <param name="rows">The rows of the table: those with controls of their own first, then those on random networks.</param>
/// <param name="controlled">How many rows have controls of their own.</param>
/// <param name="seed">Fixes every draw.</param>
internal sealed class ControlledMasking(
    ControlledProtocol protocol, InputGrid grid, IReadOnlyList<MethodTraits> rows, int controlled, long seed)
{
    // What a stream of random numbers is for: part of its key.
    private const long Ties = 1, Scatter = 2, Shift = 3, Noise = 4, Loudness = 5, LoudnessTies = 6;

    private readonly DropLayout _layout = protocol.LayoutOf(rows.Count, controlled);

    /// <summary>Measures one clip.</summary>
    /// <param name="batch">Asks the model for the class's log-odds.</param>
    /// <param name="sample">The clip's values.</param>
    /// <param name="maps">One map per row.</param>
    /// <param name="clip">The clip's number in the corpus: its random numbers hang on it, not on the order of work.</param>
    /// <param name="target">The class.</param>
    /// <param name="logOdds">Its log-odds with nothing masked.</param>
    public ClipDrops Measure(
        MaskedBatch batch, ReadOnlySpan<float> sample, IReadOnlyList<float[]> maps, int clip, int target, double logOdds)
    {
        float[] loudness = grid.LoudnessOf(sample);
        SoundingFrames sounding = SoundingFrames.Of(loudness, grid);
        if (grid.Bins * sounding.Count <= protocol.DrawCount)
            throw new ArgumentException(
                $"Clip {clip} sounds in {grid.Bins * sounding.Count} cells, which cannot be moved to {protocol.DrawCount} other places.");
        ClipDrops drops = new(_layout);
        ClipMasker masker = new(batch, MakeFills(sample, clip), target, drops);
        bool[][][] own = [.. maps.Select((map, row) => Masks(OrderOf(map, rows[row], protocol.SignedMaps, clip)))];
        for (int row = 0; row < own.Length; row++)
        {
            masker.Add(sample, own[row], DropLayout.Own(row));
            if (rows[row].Meaning == MapMeaning.Signed && !rows[row].IsReference)
                masker.Add(sample, Masks(OrderOf(maps[row], rows[row], protocol.OtherOrder, clip)), _layout.OtherOrder(row));
        }

        AddScattered(masker, sample, clip);
        AddMoved(masker, sample, own, sounding, clip);
        AddEquallyLoud(masker, sample, own, loudness, clip);
        masker.Finish(logOdds);
        return drops;
    }

    private void AddScattered(ClipMasker masker, ReadOnlySpan<float> sample, int clip)
    {
        KeyedRandom random = new(seed, clip, Scatter);
        for (int draw = 0; draw < protocol.DrawCount; draw++)
            masker.Add(sample, Masks(random.NextPermutation(grid.Cells)), _layout.Control(0, MaskControl.Scattered, draw));
    }

    private void AddMoved(ClipMasker masker, ReadOnlySpan<float> sample, bool[][][] own, SoundingFrames sounding, int clip)
    {
        (int, int)[] shifts = MaskShift.Draw(grid, sounding, protocol.DrawCount, new KeyedRandom(seed, clip, Shift));
        for (int row = 0; row < controlled; row++)
            for (int draw = 0; draw < shifts.Length; draw++)
            {
                bool[][] moved = [.. own[row].Select(mask => MaskShift.Apply<bool>(mask, grid, sounding, shifts[draw]))];
                masker.Add(sample, moved, _layout.Control(row, MaskControl.ShapeMatched, draw));
            }
    }

    private void AddEquallyLoud(ClipMasker masker, ReadOnlySpan<float> sample, bool[][][] own, float[] loudness, int clip)
    {
        LoudnessBins bins = new(loudness, new KeyedRandom(seed, clip, LoudnessTies));
        KeyedRandom random = new(seed, clip, Loudness);
        for (int draw = 0; draw < protocol.DrawCount; draw++)
        {
            int[] order = random.NextPermutation(grid.Cells);
            for (int row = 0; row < controlled; row++)
                masker.Add(
                    sample, [.. own[row].Select(mask => bins.Match(mask, order))], _layout.Control(row, MaskControl.EquallyLoud, draw));
        }
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

    private int[] OrderOf(float[] map, MethodTraits row, SignedMapOrder order, int clip)
    {
        bool isMagnitude = row.Meaning == MapMeaning.Signed && order == SignedMapOrder.Magnitude;
        return CellOrder.Descending(isMagnitude ? Array.ConvertAll(map, Math.Abs) : map, new KeyedRandom(seed, clip, Ties));
    }

    private bool[][] Masks(int[] order) =>
        [.. protocol.Fractions.Select(fraction => CellOrder.First(order, CellOrder.CountOf(fraction, grid.Cells)))];
}
