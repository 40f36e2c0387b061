namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Iterative removal of features: the area over the curve of the class's probability, as a share of that of the whole clip, while
/// segments become the clip's mean one after the other, the one with the highest mean relevance first.
/// Rieger and Hansen, "IROF: a low resource evaluation metric for explanation methods", 2020, arXiv:2003.08747.
/// </summary>
/// <remarks>
/// The area is divided by the number of segments: 0 where nothing happens, towards 1 where the first segment takes all; below 0 where the
/// probability rises. The clip's own mean stands for the data set's. Segments follow the content (<see cref="SlicSegmenter.Content"/>),
/// where the paper's SLIC has a compactness that divides a one-channel map as if it were constant.
/// </remarks>
public sealed record IrofMetric : ExplanationMetric
{
    /// <summary>What is removed at once. Default: superpixels that follow the content.</summary>
    public Segmenter Segments { get; init; } = SlicSegmenter.Content;

    /// <inheritdoc/>
    public override string Name => "irof";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public override string Summary => "area over the probability's share while superpixels become the mean, most relevant first";

    /// <inheritdoc/>
    public override string Assumes => "superpixels are the parts that the model uses, and mean level takes them away";

    /// <inheritdoc/>
    public override string Paper => "arXiv:2003.08747";

    internal override string WhyNotDefined(MetricContext context) =>
        context.Grid.Samples > 0 ? "samples have no superpixels" : base.WhyNotDefined(context);

    internal override double Measure(MetricContext context)
    {
        if (context.Grid.Samples > 0)
            return double.NaN;
        ReadOnlySpan<float> input = context.Input.Span;
        SegmentMap segments = Segments.Segment(context.Grid.Geometry.MeanPlane(input));
        KeyedRandom random = new(context.Seed, 28);
        float[] fill = SampleFill.Create(FillKind.Mean, input, context.Grid, random);
        bool[] mask = new bool[context.Grid.Cells];
        MaskedBatch batch = context.Probabilities();
        batch.Add(input, context.Target);
        foreach (int segment in CellOrder.Descending(MeansOf(context.Map.Span, segments), random))
        {
            for (int cell = 0; cell < mask.Length; cell++)
                mask[cell] |= segments.Labels.Span[cell] == segment;
            batch.Add(input, mask, fill, context.Target);
        }

        float[] curve = batch.Finish();
        return 1 - (Area(curve) / curve[0]);
    }

    private static float[] MeansOf(ReadOnlySpan<float> map, SegmentMap segments)
    {
        double[] means = new double[segments.Count];
        for (int cell = 0; cell < map.Length; cell++)
            means[segments.Labels.Span[cell]] += map[cell] / (double)segments.Sizes.Span[segments.Labels.Span[cell]];
        return Array.ConvertAll(means, mean => (float)mean);
    }
}
