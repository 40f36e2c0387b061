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

    internal override double Measure(MetricContext context) => Area(Curve(context));

    /// <summary>The probability with 0, 1/steps, … of the cells deleted.</summary>
    internal float[] Curve(MetricContext context) => ReplacementCurve.Measure(context, Steps, Baseline, isInsertion: false);
}
