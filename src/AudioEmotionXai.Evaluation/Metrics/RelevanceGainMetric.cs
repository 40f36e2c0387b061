namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The area between the class's probability with the least relevant cells replaced first (LeRF) and with the most relevant replaced first
/// (MoRF): an order that is as good as chance has 0 on average, whatever the replacement does by itself.
/// Blücher, Vielhaben, Strodthoff, "Decoupling pixel flipping and occlusion strategy for consistent XAI benchmarks", 2024,
/// arXiv:2401.06654.
/// </summary>
/// <remarks>The paper's symmetric relevance gain, on the curves of <see cref="DeletionMetric"/>; -1 to 1.</remarks>
public sealed record RelevanceGainMetric : ExplanationMetric
{
    /// <summary>The number of steps, at least 1. Default 10.</summary>
    public int Steps { get; init; } = 10;

    /// <summary>What stands for a cell taken away. Default 0: the mean of a z-scored input.</summary>
    public float Baseline { get; init; }

    /// <inheritdoc/>
    public override string Name => "lerf_minus_morf";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public override string Summary => "area between the probability with the least and with the most relevant cells replaced first";

    /// <inheritdoc/>
    public override string Assumes => "little of the replacement itself: both orders suffer from it, and only their difference counts";

    /// <inheritdoc/>
    public override string Paper => "arXiv:2401.06654";

    internal override double Measure(MetricContext context) =>
        AreaOf(context, RemovalOrder.LeastRelevantFirst) - AreaOf(context, RemovalOrder.MostRelevantFirst);

    private double AreaOf(MetricContext context, RemovalOrder order) =>
        Area(ReplacementCurve.Measure(context, context.Order(order), Steps, Baseline, isInsertion: false));
}

/// <summary>Which cells a metric takes away first.</summary>
public enum RemovalOrder
{
    /// <summary>MoRF: a good map makes the score fall at once.</summary>
    MostRelevantFirst,

    /// <summary>LeRF: a good map leaves the score as it is for long.</summary>
    LeastRelevantFirst,
}
