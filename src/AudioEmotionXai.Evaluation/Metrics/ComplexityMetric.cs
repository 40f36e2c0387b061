namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The entropy of the map's magnitudes in nats: 0 when one cell holds all, ln(cells) when all hold the same.
/// Bhatt, Weller, Moura, "Evaluating and aggregating feature-based model explanations", 2020, arXiv:2005.00631.
/// </summary>
public sealed record ComplexityMetric : ExplanationMetric
{
    // As Quantus: keeps the logarithm defined for cells of zero.
    private const double Offset = 1e-12;

    /// <inheritdoc/>
    public override string Name => "complexity";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.Descriptive;

    /// <inheritdoc/>
    public override string Summary => "entropy of magnitudes in nats: 0 in one cell, ln(cells) even";

    internal override double Measure(MetricContext context)
    {
        double sum = 0, entropy = 0;
        foreach (float value in context.Map.Span)
            sum += Math.Abs((double)value);
        if (sum == 0)
            return double.NaN;
        foreach (float value in context.Map.Span)
        {
            double share = Math.Abs((double)value) / sum;
            entropy -= share * Math.Log(share + Offset);
        }

        return entropy;
    }
}
