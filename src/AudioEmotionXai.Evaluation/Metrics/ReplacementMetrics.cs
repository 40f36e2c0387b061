namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Area under the class's probability while the most relevant cells are taken away first; small when the map finds what matters.
/// Petsiuk, Das, Saenko, "RISE", 2018, arXiv:1806.07421.
/// </summary>
/// <remarks>Cells are replaced by <see cref="Baseline"/>; the curve has steps + 1 points from 0 to all cells, as xplique's.</remarks>
public sealed record DeletionMetric : ExplanationMetric
{
    /// <summary>The number of steps. Default 10.</summary>
    public int Steps { get; init; } = 10;

    /// <summary>What stands for a cell taken away. Default 0: the mean of a z-scored input.</summary>
    public float Baseline { get; init; }

    /// <inheritdoc/>
    public override string Name => "deletion_auc";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public override string Summary => "area under the probability while the most relevant cells are replaced first";

    /// <inheritdoc/>
    public override string Assumes => "a clip with holes of mean level is still one that the model can judge";

    /// <inheritdoc/>
    public override string Paper => "arXiv:1806.07421";

    internal override double Measure(MetricContext context) => Area(Curve(context));

    /// <summary>The probability with 0, 1/steps, … of the cells deleted.</summary>
    internal float[] Curve(MetricContext context) =>
        ReplacementCurve.Measure(context, context.Order(), Steps, Baseline, isInsertion: false);
}

/// <summary>
/// Area under the class's probability while the most relevant cells are put back first into an empty input; large when the map finds
/// what matters. Petsiuk, Das, Saenko, "RISE", 2018, arXiv:1806.07421.
/// </summary>
/// <remarks>The empty input is <see cref="Baseline"/> everywhere, as in xplique; the paper blurs instead.</remarks>
public sealed record InsertionMetric : ExplanationMetric
{
    /// <summary>The number of steps. Default 10.</summary>
    public int Steps { get; init; } = 10;

    /// <summary>The value of an empty cell. Default 0: the mean of a z-scored input.</summary>
    public float Baseline { get; init; }

    /// <inheritdoc/>
    public override string Name => "insertion_auc";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public override string Summary => "area under the probability while the most relevant cells are put back first";

    /// <inheritdoc/>
    public override string Assumes => "a few cells in an even mean level are a clip that the model can judge";

    /// <inheritdoc/>
    public override string Paper => "arXiv:1806.07421";

    internal override double Measure(MetricContext context) => Area(Curve(context));

    /// <summary>The probability with 0, 1/steps, … of the cells inserted.</summary>
    internal float[] Curve(MetricContext context) =>
        ReplacementCurve.Measure(context, context.Order(), Steps, Baseline, isInsertion: true);
}

/// <summary>The class's probability while cells are replaced, or put back, in order of relevance.</summary>
internal static class ReplacementCurve
{
    /// <summary>The probabilities at 0, 1/steps, … 1 of the cells.</summary>
    public static float[] Measure(MetricContext context, int[] order, int steps, float baseline, bool isInsertion)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        float[] fill = new float[context.Input.Length];
        fill.AsSpan().Fill(baseline);
        MaskedBatch batch = context.Probabilities();
        for (int step = 0; step <= steps; step++)
        {
            // linspace(0, n, steps + 1) cut to whole cells
            bool[] mask = CellOrder.First(order, (int)((long)order.Length * step / steps));
            if (isInsertion)
                batch.Add(fill, mask, context.Input.Span, context.Target);
            else
                batch.Add(context.Input.Span, mask, fill, context.Target);
        }

        return batch.Finish();
    }
}

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

    /// <inheritdoc/>
    public override string Assumes => "a clip with silent holes is still one that the model can judge";

    /// <inheritdoc/>
    public override string Paper => "doi:10.1371/journal.pone.0130140";

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
