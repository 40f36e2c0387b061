using MathNet.Numerics.Statistics;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Correlation, over random sets of cells, between the relevance in the set and the fall of the class's logit when the set becomes the
/// clip's minimum. Bhatt, Weller, Moura, "Evaluating and aggregating feature-based model explanations", 2020, arXiv:2005.00631.
/// </summary>
/// <remarks>Raw values and logits, as Quantus without normalisation; NaN where either side is constant.</remarks>
public sealed record FaithfulnessCorrelationMetric : ExplanationMetric
{
    /// <summary>The number of sets, at least 2. Default 100.</summary>
    public int Runs { get; init; } = 100;

    /// <summary>Cells in a set; no more than the input has. Default 224.</summary>
    public int SubsetSize { get; init; } = 224;

    /// <inheritdoc/>
    public override string Name => "faithfulness_correlation";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public override string Summary => "correlation of summed relevance with the fall of the logit over random sets of cells";

    /// <inheritdoc/>
    public override string Assumes => "what cells do together is the sum of what they do alone";

    /// <inheritdoc/>
    public override string Paper => "arXiv:2005.00631";

    internal override double Measure(MetricContext context)
    {
        KeyedRandom random = new(context.Seed, 22);
        float[] fill = SampleFill.Create(FillKind.Minimum, context.Input.Span, context.Grid, random);
        int cells = context.Grid.Cells, size = Math.Min(SubsetSize, context.Grid.Samples > 0 ? Math.Max(1, cells / 8) : cells);
        double[] sums = new double[Runs];
        MaskedBatch batch = context.Logits();
        batch.Add(context.Input.Span, context.Target);
        for (int run = 0; run < Runs; run++)
        {
            bool[] mask = CellOrder.First(random.NextPermutation(cells), size);
            for (int cell = 0; cell < cells; cell++)
                sums[run] += mask[cell] ? context.Map.Span[cell] : 0;
            batch.Add(context.Input.Span, mask, fill, context.Target);
        }

        float[] logits = batch.Finish();
        return Correlation.Pearson(sums, Array.ConvertAll(logits[1..], logit => (double)logits[0] - logit));
    }
}
