namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Mean squared difference between what the map says a disturbance does to the logit and what it does:
/// E[(I·a − (f(x) − f(x − I)))²]. Yeh et al., "On the (in)fidelity and sensitivity of explanations", 2019, arXiv:1901.09392.
/// </summary>
/// <remarks>
/// Where the map's values are shares of the score (<see cref="AttributionMethod.ShareBaseline"/>), the input is factored in, and I is
/// divided by input - baseline first, by 1 where that is 0: as captum's <c>infidelity_perturb_func_decorator(multipy_by_inputs=True)</c>.
/// Maps that give shares to cells at the baseline, as LRP's flat rule does, are then dominated by these cells.
/// As captum with its optimal scaling: the map is first multiplied by the factor that fits best, so that maps of any unit compare;
/// the result is divided by the mean squared fall, so 0 is perfect and 1 is what a map of zeros gets.
/// </remarks>
public sealed record InfidelityMetric : ExplanationMetric
{
    /// <summary>What the input is disturbed by. Default: noise.</summary>
    public InfidelityDisturbance Disturbance { get; init; }

    /// <summary>The number of disturbances, at least 2. Default 50.</summary>
    public int Samples { get; init; } = 50;

    /// <summary>The standard deviation of noise, in units of the input. Default 0.2.</summary>
    public double Noise { get; init; } = 0.2;

    /// <summary>The longest side of a square, in cells, at least 1; each square's side is drawn from 1 to it. Default 16.</summary>
    public int Side { get; init; } = 16;

    /// <inheritdoc/>
    public override string Name => Disturbance == InfidelityDisturbance.Noise ? "infidelity" : "infidelity_square";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public override string Summary => Disturbance == InfidelityDisturbance.Noise
        ? "scaled squared error of the map's forecast of what small noise does to the logit"
        : "scaled squared error of the map's forecast of what silencing a square does to the logit";

    /// <inheritdoc/>
    public override string Assumes => Disturbance == InfidelityDisturbance.Noise
        ? "the map says what small changes do; it favours gradients"
        : "a clip with a silent square is still one that the model can judge";

    /// <inheritdoc/>
    public override string Paper => "arXiv:1901.09392";

    internal override double Measure(MetricContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Samples, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Side, 1);
        KeyedRandom random = new(context.Seed, Disturbance == InfidelityDisturbance.Noise ? 23 : 26);
        double[] perUnit = ForecastPerUnit(context), forecasts = new double[Samples], disturbance = new double[context.Input.Length];
        float[] silence = SampleFill.Create(FillKind.Minimum, context.Input.Span, context.Grid, random);
        float[] copy = new float[disturbance.Length];
        MaskedBatch batch = context.Logits();
        batch.Add(context.Input.Span, context.Target);
        for (int sample = 0; sample < Samples; sample++)
        {
            if (Disturbance == InfidelityDisturbance.Noise)
                DrawNoise(disturbance, random);
            else
                DrawSquare(disturbance, context.Input.Span, silence, context.Grid, random);
            for (int i = 0; i < copy.Length; i++)
            {
                forecasts[sample] += disturbance[i] * perUnit[i];
                copy[i] = (float)(context.Input.Span[i] - disturbance[i]);
            }

            batch.Add(copy, context.Target);
        }

        float[] logits = batch.Finish();
        return ScaledError(forecasts, Array.ConvertAll(logits[1..], logit => (double)logits[0] - logit));
    }

    // What the map says the logit falls by, when a value falls by 1
    private static double[] ForecastPerUnit(MetricContext context)
    {
        ReadOnlySpan<float> input = context.Input.Span;
        InputGrid grid = context.Grid;
        double[] forecast = new double[input.Length];
        for (int i = 0; i < forecast.Length; i++)
        {
            float value = context.Values is { } values ? values.Span[i] : context.Map.Span[grid.CellOf(i)];
            double way = context.ShareBaseline is { } baseline ? (double)input[i] - baseline : 1;
            forecast[i] = value / (way == 0 ? 1 : way);
        }

        return forecast;
    }

    private void DrawNoise(double[] disturbance, KeyedRandom random)
    {
        for (int i = 0; i < disturbance.Length; i++)
            disturbance[i] = Noise * random.NextNormal();
    }

    private void DrawSquare(
        double[] disturbance, ReadOnlySpan<float> input, ReadOnlySpan<float> silence, InputGrid grid, KeyedRandom random)
    {
        int side = 1 + random.NextIndex(Side), height = Math.Min(side, grid.Bins), width = Math.Min(side, grid.Frames);
        int bottom = random.NextIndex(grid.Bins - height + 1), left = random.NextIndex(grid.Frames - width + 1);
        for (int i = 0; i < disturbance.Length; i++)
        {
            (int bin, int frame) = Math.DivRem(grid.CellOf(i), grid.Frames);
            bool isInside = bin >= bottom && bin < bottom + height && frame >= left && frame < left + width;
            disturbance[i] = isInside ? (double)input[i] - silence[i] : 0;
        }
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

/// <summary>What <see cref="InfidelityMetric"/> disturbs an input by.</summary>
public enum InfidelityDisturbance
{
    /// <summary>Independent normal noise in every value.</summary>
    Noise,

    /// <summary>A square of cells becomes the clip's minimum: square removal, the paper's second choice.</summary>
    Square,
}
