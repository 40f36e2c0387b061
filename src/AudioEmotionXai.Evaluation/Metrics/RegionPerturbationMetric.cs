namespace AudioEmotionXai.Evaluation;

/// <summary>
/// How far the class's probability has fallen on average while regions become noise one after the other, most relevant first (AOPC).
/// Samek et al., "Evaluating the visualization of what a deep neural network has learned", 2015, arXiv:1509.06321.
/// </summary>
/// <remarks>
/// As the paper: a region's relevance is the sum of its cells', its cells become uniform noise between the clip's extremes, and the mean
/// runs over the clip itself and every step. One drawing of noise, where the paper averages ten. Regions at the upper and right edge
/// are cut where the side does not go into the map. Of a clip of samples a region is <see cref="Side"/> stretches of time.
/// </remarks>
public sealed record RegionPerturbationMetric : ExplanationMetric
{
    /// <summary>The side of a region, in cells, at least 1. Default 8.</summary>
    public int Side { get; init; } = 8;

    /// <summary>The most regions that are taken away, at least 1. Default 100.</summary>
    public int Steps { get; init; } = 100;

    /// <inheritdoc/>
    public override string Name => "region_perturbation";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public override string Summary => "mean fall of the probability while squares become noise, most relevant first";

    /// <inheritdoc/>
    public override string Assumes => "a clip with noisy squares is still one that the model can judge";

    /// <inheritdoc/>
    public override string Paper => "arXiv:1509.06321";

    internal override double Measure(MetricContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Side, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        InputGrid grid = context.Grid;
        KeyedRandom random = new(context.Seed, 27);
        int[] regions = RegionsOf(grid, out int count);
        float[] noise = UniformNoise(context.Input.Span, random);
        FloatTensor copy = context.Input.Clone();
        MaskedBatch batch = context.Probabilities();
        batch.Add(copy.Span, context.Target);
        foreach (int region in CellOrder.Descending(SumsOf(context.Map.Span, regions, count), random).Take(Steps))
        {
            for (int cell = 0; cell < regions.Length; cell++)
                if (regions[cell] == region)
                    grid.Fill(copy.Span, cell, noise);
            batch.Add(copy.Span, context.Target);
        }

        float[] curve = batch.Finish();
        return curve[0] - (Sums.Of(curve) / curve.Length);
    }

    private int[] RegionsOf(InputGrid grid, out int count)
    {
        int across = (grid.Frames + Side - 1) / Side;
        int[] regions = new int[grid.Cells];
        for (int cell = 0; cell < regions.Length; cell++)
            regions[cell] = (cell / grid.Frames / Side * across) + (cell % grid.Frames / Side);
        count = regions[^1] + 1;
        return regions;
    }

    private static float[] SumsOf(ReadOnlySpan<float> map, int[] regions, int count)
    {
        double[] sums = new double[count];
        for (int cell = 0; cell < regions.Length; cell++)
            sums[regions[cell]] += map[cell];
        return Array.ConvertAll(sums, sum => (float)sum);
    }

    private static float[] UniformNoise(ReadOnlySpan<float> input, KeyedRandom random)
    {
        (float low, float high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in input)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        float[] noise = new float[input.Length];
        for (int i = 0; i < noise.Length; i++)
            noise[i] = (float)double.Lerp(low, high, random.NextDouble());
        return noise;
    }
}
