namespace AudioEmotionXai.Evaluation;

/// <summary>
/// How far the map's sum is from the score difference it should explain, in magnitude; NaN for methods that do not promise a sum.
/// Sundararajan, Taly, Yan, "Axiomatic attribution for deep networks", 2017, arXiv:1703.01365.
/// </summary>
/// <remarks>The gap itself, where Quantus asks for equality to the last bit.</remarks>
public sealed record CompletenessMetric : ExplanationMetric
{
    /// <inheritdoc/>
    public override string Name => "completeness_gap";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public override string Summary => "distance of the map's sum from the score it should explain";

    internal override double Measure(MetricContext context) => context.CompletenessGap is { } gap ? Math.Abs(gap) : double.NaN;
}
