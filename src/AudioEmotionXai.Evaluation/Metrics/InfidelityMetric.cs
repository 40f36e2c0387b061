namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Mean squared difference between what the map says a disturbance does to the logit and what it does:
/// E[(I·a − (f(x) − f(x − I)))²]
/// with normal disturbances. Yeh et al., "On the (in)fidelity and sensitivity of explanations", 2019, arXiv:1901.09392.
/// </summary>
/// <remarks>
/// As captum with its optimal scaling: the map is first multiplied by the factor that fits best, so that maps of any unit compare;
/// the result is divided by the mean squared fall, so 0 is perfect and 1 is what a map of zeros gets.
/// </remarks>
public sealed record InfidelityMetric : ExplanationMetric
{
    /// <summary>The number of disturbances, at least 2. Default 50.</summary>
    public int Samples { get; init; } = 50;

    /// <summary>Their standard deviation, in units of the input. Default 0.2.</summary>
    public double Noise { get; init; } = 0.2;

    /// <inheritdoc/>
    public override string Name => "infidelity";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public override string Summary => "scaled squared error of the map's forecast of what small noise does to the logit";

    internal override double Measure(MetricContext context)
    {
        KeyedRandom random = new(context.Seed, 23);
        InputGrid grid = context.Grid;
        double[] forecasts = new double[Samples];
        float[] copy = new float[context.Input.Length];
        MaskedBatch batch = context.Logits();
        batch.Add(context.Input.Span, context.Target);
        for (int sample = 0; sample < Samples; sample++)
        {
            for (int i = 0; i < copy.Length; i++)
            {
                double disturbance = Noise * random.NextNormal();
                forecasts[sample] += disturbance * context.Map.Span[grid.CellOf(i)];
                copy[i] = (float)(context.Input.Span[i] - disturbance);
            }

            batch.Add(copy, context.Target);
        }

        float[] logits = batch.Finish();
        return ScaledError(forecasts, Array.ConvertAll(logits[1..], logit => (double)logits[0] - logit));
    }

    private static double ScaledError(double[] forecasts, double[] falls)
    {
        double product = 0, squares = 0, size = 0, error = 0;
        for (int i = 0; i < falls.Length; i++)
        {
            product += forecasts[i] * falls[i];
            squares += forecasts[i] * forecasts[i];
            size += falls[i] * falls[i];
        }

        double scale = squares == 0 ? 0 : product / squares;
        for (int i = 0; i < falls.Length; i++)
            error += Math.Pow((scale * forecasts[i]) - falls[i], 2);
        return size == 0 ? double.NaN : error / size;
    }
}
