namespace AudioEmotionXai.Evaluation;

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

    internal override double Measure(MetricContext context) => Area(Curve(context));

    /// <summary>The probability with 0, 1/steps, … of the cells inserted.</summary>
    internal float[] Curve(MetricContext context) => ReplacementCurve.Measure(context, Steps, Baseline, isInsertion: true);
}
