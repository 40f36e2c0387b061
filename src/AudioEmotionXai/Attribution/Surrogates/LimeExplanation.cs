namespace AudioEmotionXai;

/// <summary>What LIME found about one item: a linear model for every class, over the same segments and samples.</summary>
public sealed class LimeExplanation
{
    private readonly FloatTensor _item;

    internal LimeExplanation(FloatTensor item, SegmentMap segments, IReadOnlyList<LinearSurrogate> classes, int samples, LimeEnd end)
    {
        _item = item;
        Segments = segments;
        Classes = classes;
        Samples = samples;
        End = end;
    }

    /// <summary>The segments.</summary>
    public SegmentMap Segments { get; }

    /// <summary>The linear model of every class.</summary>
    public IReadOnlyList<LinearSurrogate> Classes { get; }

    /// <summary>How many samples were used.</summary>
    public int Samples { get; }

    /// <summary>Why no more were.</summary>
    public LimeEnd End { get; }

    /// <summary>lime's <c>get_image_and_mask</c>: the segments that speak for or against a class, cell by cell.</summary>
    /// <remarks>Unlike lime, which paints one colour channel of its picture when both signs are asked for, the cells keep the item's
    /// values.</remarks>
    /// <param name="classIndex">Which class.</param>
    /// <param name="positiveOnly">Only segments with a coefficient above 0.</param>
    /// <param name="negativeOnly">Only segments with a coefficient below 0.</param>
    /// <param name="hideRest">Whether cells outside of the segments become 0.</param>
    /// <param name="features">How many segments at most, largest first.</param>
    /// <param name="minimumWeight">Segments whose coefficient is not larger than this in size are left out.</param>
    /// <returns>The item's cells, and for each cell of the map 1 (in a chosen segment), -1 (chosen and against; only where both signs are
    /// asked for) or 0.</returns>
    /// <exception cref="ArgumentException">Both <paramref name="positiveOnly"/> and <paramref name="negativeOnly"/>, or there is no such
    /// class.</exception>
    public (FloatTensor Image, int[] Mask) ImageAndMask(
        int classIndex, bool positiveOnly = true, bool negativeOnly = false, bool hideRest = false, int features = 5,
        double minimumWeight = 0)
    {
        if (positiveOnly && negativeOnly)
            throw new ArgumentException("positiveOnly and negativeOnly exclude each other.", nameof(negativeOnly));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)classIndex, (uint)Classes.Count, nameof(classIndex));
        LinearSurrogate model = Classes[classIndex];
        int[] signs = new int[Segments.Count];
        int taken = 0;
        foreach (int segment in model.Order.Span)
        {
            double weight = model.Coefficients.Span[segment];
            bool fits = positiveOnly ? weight > 0 && weight > minimumWeight : !negativeOnly || (weight < 0 && -weight > minimumWeight);
            if (fits && taken++ < features && (positiveOnly || negativeOnly || Math.Abs(weight) >= minimumWeight))
                signs[segment] = weight < 0 && !negativeOnly ? -1 : 1;
        }

        int[] mask = Array.ConvertAll(Segments.Labels.ToArray(), label => signs[label]);
        return (hideRest ? KeepOnly(mask) : _item.Clone(), mask);
    }

    private FloatTensor KeepOnly(int[] mask)
    {
        FloatTensor image = new(_item.Shape);
        for (int i = 0; i < image.Length; i++)
            if (mask[i % mask.Length] != 0)
                image.Span[i] = _item.Span[i];
        return image;
    }
}

/// <summary>Why LIME took no more samples.</summary>
public enum LimeEnd
{
    /// <summary>All that were asked for are done.</summary>
    AllSamples,

    /// <summary>The ranking of the top segments had settled.</summary>
    StableRanking,

    /// <summary>The last of the top segments were still tied when the samples set aside for telling them apart were used: more would hardly
    /// have.</summary>
    TiedRanking,
}
