namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The notebook's protocol, faithfully: each method's own mask, filled with the clip's mean, against one mask of as many cells drawn
/// at random. Areas differ and one draw is little; <see cref="ControlledProtocol"/> says what it is worth.
/// </summary>
internal static class NotebookProtocol
{
    /// <summary>Measures one clip.</summary>
    /// <param name="batch">Asks the model for the class's probability.</param>
    /// <param name="sample">The clip's values.</param>
    /// <param name="masks">Each method's mask.</param>
    /// <param name="target">The class whose probability falls.</param>
    /// <param name="probability">Its probability with nothing masked.</param>
    /// <param name="seed">Seeds <c>RandomState.choice(size, n, replace=False)</c> afresh for each mask: masks of one size share their
    /// random cells.</param>
    public static NotebookDrop[] Measure(
        MaskedBatch batch, ReadOnlySpan<float> sample, IReadOnlyList<bool[]> masks, int target, float probability, uint seed)
    {
        float[] fill = new float[sample.Length];
        fill.AsSpan().Fill((float)SampleFill.Mean(sample));
        foreach (bool[] mask in masks)
            batch.Add(sample, mask, fill, target);
        int[] counts = [.. masks.Select(mask => mask.AsSpan().Count(true))], sizes = [.. counts.Distinct()];
        foreach (int size in sizes)
            batch.Add(sample, RandomMask(masks[0].Length, size, seed), fill, target);
        float[] scores = batch.Finish();
        return
        [
            .. counts.Select(
                (count, method) =>
                    new NotebookDrop(count, probability - scores[method], probability - scores[masks.Count + Array.IndexOf(sizes, count)])),
        ];
    }

    private static bool[] RandomMask(int cells, int count, uint seed)
    {
        bool[] mask = new bool[cells];
        foreach (int cell in new NumPyRandom(seed).Choice(cells, count))
            mask[cell] = true;
        return mask;
    }
}
