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

    /// <inheritdoc/>
    public override string Assumes => "nothing; a short map is easier to read, not truer";

    /// <inheritdoc/>
    public override string Paper => "arXiv:2005.00631";

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

    /// <inheritdoc/>
    public override string Assumes => "nothing; a sparse map is easier to read, not truer";

    /// <inheritdoc/>
    public override string Paper => "arXiv:1810.06583";

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

    /// <inheritdoc/>
    public override string Assumes => "the method promises a sum";

    /// <inheritdoc/>
    public override string Paper => "arXiv:1703.01365";

    internal override string WhyNotDefined(MetricContext context) => "the method promises no sum";

    internal override double Measure(MetricContext context) => context.CompletenessGap is { } gap ? Math.Abs(gap) : double.NaN;
}
