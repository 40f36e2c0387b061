using AudioEmotionXai.Attribution;
using AudioEmotionXai.Evaluation.Masking;

namespace AudioEmotionXai.Evaluation.Protocols;

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
    public ClipDrops Measure(MaskedBatch batch, ReadOnlySpan<float> sample, IReadOnlyList<MethodTraits> methods, IReadOnlyList<float[]> maps, int clip, int target, float probability)
    {
        if (grid.Cells <= protocol.Draws)
            throw new ArgumentException($"An input of {grid.Cells} cells cannot be moved to {protocol.Draws} other places.");
        float[][] fills = MakeFills(sample, clip);
        int[][] orders = [.. maps.Select((map, method) => OrderOf(map, methods[method], clip))];
        foreach (int[] order in orders)
            AddConditions(batch, sample, order, fills, target);
        KeyedRandom scatter = new(seed, clip, Scatter);
        for (int draw = 0; draw < protocol.Draws; draw++)
            AddConditions(batch, sample, scatter.NextPermutation(grid.Cells), fills, target);
        (int, int)[] shifts = MaskShift.Draw(grid, protocol.Draws, new KeyedRandom(seed, clip, Shift));
        foreach (int[] order in orders)
            foreach ((int, int) shift in shifts)
                AddConditions(batch, sample, order, fills, target, shift);
        return Split(batch.Finish(), probability, maps.Count);
    }

    private float[][] MakeFills(ReadOnlySpan<float> sample, int clip)
    {
        float[][] fills = new float[protocol.Fills.Count][];
        for (int i = 0; i < fills.Length; i++)
            fills[i] = SampleFill.Create(protocol.Fills[i], sample, grid, new KeyedRandom(seed, clip, Noise));
        return fills;
    }

    private int[] OrderOf(float[] map, MethodTraits method, int clip)
    {
        float[] values = map;
        if (method.Meaning == MapMeaning.Signed && protocol.SignedMaps == SignedMapOrder.Magnitude)
            values = Array.ConvertAll(map, Math.Abs);
        return CellOrder.Descending(values, new KeyedRandom(seed, clip, Ties));
    }

    private void AddConditions(MaskedBatch batch, ReadOnlySpan<float> sample, int[] order, float[][] fills, int target, (int Bins, int Frames) shift = default)
    {
        foreach (double fraction in protocol.Fractions)
        {
            bool[] mask = CellOrder.First(order, CellOrder.CountOf(fraction, grid.Cells));
            if (shift != default)
                mask = MaskShift.Apply(mask, grid, shift);
            foreach (float[] fill in fills)
                batch.Add(sample, mask, fill, target);
        }
    }

    private ClipDrops Split(float[] scores, float probability, int methods)
    {
        for (int i = 0; i < scores.Length; i++)
            scores[i] = probability - scores[i];
        ClipDrops drops = new(methods, protocol.Draws, protocol.Conditions);
        int scattered = drops.Important.Length, shifted = scattered + drops.Scattered.Length;
        scores.AsSpan(0, scattered).CopyTo(drops.Important);
        scores.AsSpan(scattered, drops.Scattered.Length).CopyTo(drops.Scattered);
        scores.AsSpan(shifted).CopyTo(drops.Shifted);
        return drops;
    }
}
