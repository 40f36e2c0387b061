namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Area under the class's probability while cells flip to the clip's minimum, most relevant first; small when the map finds what matters.
/// Bach et al., "On pixel-wise explanations", 2015, doi:10.1371/journal.pone.0130140.
/// </summary>
/// <remarks>
/// As Quantus: the curve begins after the first step, and the area is not divided by the number of steps there; here it is, so that
/// values lie between 0 and 1 for any step. One cell a step would cost a run per cell: the default flips a hundredth at a time.
/// </remarks>
public sealed record PixelFlippingMetric : ExplanationMetric
{
    /// <summary>The number of steps, at least 2. Default 100.</summary>
    public int Steps { get; init; } = 100;

    /// <inheritdoc/>
    public override string Name => "pixel_flipping";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public override string Summary => "area under the probability while cells become the clip's minimum, most relevant first";

    internal override double Measure(MetricContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 2);
        int[] order = context.Order();
        FloatTensor copy = context.Input.Clone();
        float[] fill = SampleFill.Create(FillKind.Minimum, copy.Span, context.Grid, new KeyedRandom(context.Seed));
        MaskedBatch batch = context.Probabilities();
        int done = 0;
        for (int step = 1; step <= Steps; step++)
        {
            int end = (int)((long)order.Length * step / Steps);
            for (; done < end; done++)
                context.Grid.Fill(copy.Span, order[done], fill);
            batch.Add(copy.Span, context.Target);
        }

        return Area(batch.Finish());
    }
}
