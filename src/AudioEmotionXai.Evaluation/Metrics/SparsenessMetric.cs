namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The Gini index of the map's magnitudes: 0 when relevance is spread evenly, towards 1 when few cells hold it.
/// Chalasani et al., "Concise explanations of neural networks using adversarial training", 2020, arXiv:1810.06583.
/// </summary>
public sealed record SparsenessMetric : ExplanationMetric
{
    // As Quantus: keeps the index defined for a map of zeros.
    private const double Offset = 1e-7;

    /// <inheritdoc/>
    public override string Name => "sparseness";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.Descriptive;

    /// <inheritdoc/>
    public override string Summary => "Gini index of magnitudes: 0 even, 1 in one cell";

    internal override double Measure(MetricContext context)
    {
        double[] magnitudes = Array.ConvertAll(context.Map.ToArray(), value => Math.Abs((double)value) + Offset);
        Array.Sort(magnitudes);
        double weighted = 0, sum = 0;
        for (int i = 0; i < magnitudes.Length; i++)
        {
            weighted += ((2 * (i + 1)) - magnitudes.Length - 1) * magnitudes[i];
            sum += magnitudes[i];
        }

        return weighted / (magnitudes.Length * sum);
    }
}
