namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Remove and debias (ROAD): the class's mean probability while cells are filled in from their neighbours, so that the holes' shape does
/// not give away what was removed. Rong et al., "A consistent and efficient evaluation strategy for attribution methods", 2022,
/// arXiv:2202.00449.
/// </summary>
/// <remarks>
/// The filled cells solve the paper's linear system (<see cref="NoisyImputer"/>). The mean over the shares of the probability stands for
/// the accuracy over a data set. Of samples it is not defined: a stretch of sound is not the mean of its neighbours.
/// </remarks>
public sealed record RoadMetric : ExplanationMetric
{
    /// <summary>Which cells go first. Default: the most relevant.</summary>
    public RemovalOrder Order { get; init; }

    /// <summary>The shares of cells that are removed, above 0 and below 1. Default 0.1 to 0.9 in steps of 0.1.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>The standard deviation of the noise added to filled cells, in units of the input. Default 0.01.</summary>
    public double Noise { get; init; } = 0.01;

    /// <inheritdoc/>
    public override string Name => Order == RemovalOrder.MostRelevantFirst ? "road_morf" : "road_lerf";

    /// <inheritdoc/>
    public override MetricDirection Direction =>
        Order == RemovalOrder.MostRelevantFirst ? MetricDirection.LowerIsBetter : MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public override string Summary => Order == RemovalOrder.MostRelevantFirst
        ? "mean probability with the most relevant cells filled in from their neighbours"
        : "mean probability with the least relevant cells filled in from their neighbours";

    /// <inheritdoc/>
    public override string Assumes => "a cell's neighbours do not say what it held; smooth maps keep more of that than scattered ones lose";

    /// <inheritdoc/>
    public override string Paper => "arXiv:2202.00449";

    internal override string WhyNotDefined(MetricContext context) =>
        context.Grid.Samples > 0 ? "samples are not filled in from their neighbours" : base.WhyNotDefined(context);

    internal override double Measure(MetricContext context)
    {
        foreach (double share in Shares)
            Guard.Require(share > 0 && share < 1, nameof(Shares), share, "above 0 and below 1");
        if (context.Grid.Samples > 0 || Shares.Count == 0)
            return double.NaN;
        int[] order = context.Order(Order);
        KeyedRandom random = new(context.Seed, 29);
        MaskedBatch batch = context.Probabilities();
        foreach (double share in Shares)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            bool[] mask = CellOrder.First(order, Math.Min(CellOrder.CountOf(share, order.Length), order.Length - 1));
            batch.Add(NoisyImputer.Fill(context.Input.Span, mask, context.Grid, Noise, random), context.Target);
        }

        float[] probabilities = batch.Finish();
        return Sums.Of(probabilities) / probabilities.Length;
    }
}
