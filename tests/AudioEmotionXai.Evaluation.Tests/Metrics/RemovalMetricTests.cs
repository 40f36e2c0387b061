namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>Metrics that take cells away, against plain twins and a model whose patch is known. 5 x 8 cells: no side is a multiple of 3.</summary>
public sealed class RemovalMetricTests
{
    private const int Bins = 5, Frames = 8;

    private readonly PatchModel _model = new(Bins, Frames, 1, 3, 2, 2, weight: 2);

    [Test]
    public void TheTrueOrderGainsAllThatThereIsToGain()
    {
        // Ones, logit 8: most relevant first the patch is gone in step 1 of 10, least relevant first in step 10
        float[] ones = [.. Enumerable.Repeat(1f, Bins * Frames)];
        double start = 1 / (1 + Math.Exp(-8)), first = (((start + 0.5) / 2) + (9 * 0.5)) / 10, last = (((start + 0.5) / 2) + (9 * start)) / 10;
        Assert.Multiple(() =>
        {
            Assert.That(new RelevanceGainMetric().Measure(Context(ones, _model.Weights)), Is.EqualTo(last - first).Within(1e-6));
            Assert.That(new RelevanceGainMetric().Measure(Context(ones, Negated(_model.Weights))), Is.EqualTo(first - last).Within(1e-6));
        });
    }

    [Test]
    public void OrdersByChanceGainNothingOnAverage()
    {
        // 400 random maps; the spread of one is below 0.2, so the mean is within 0.03 (three standard errors)
        double mean = Enumerable.Range(0, 400).Average(seed => new RelevanceGainMetric().Measure(Context(_model.Sample(1), _model.Sample(seed + 10))));
        Assert.That(mean, Is.Zero.Within(0.03));
    }

    [TestCase(3, 4)]
    [TestCase(8, 100)]
    [TestCase(2, 7)]
    public void RegionPerturbationAgreesWithASlowTwin(int side, int steps)
    {
        float[] sample = _model.Sample(5), map = _model.Sample(6);
        MetricContext context = Context(sample, map);
        KeyedRandom random = new(context.Seed, 27);
        float[] noise = [.. sample.Select(_ => (float)double.Lerp(sample.Min(), sample.Max(), random.NextDouble()))];
        var regions = Enumerable.Range(0, Bins * Frames)
            .GroupBy(cell => (cell / Frames / side, cell % Frames / side))
            .OrderByDescending(region => region.Sum(cell => (double)map[cell]))
            .Take(steps);
        float[] copy = [.. sample];
        List<double> falls = [0];
        foreach (var region in regions)
        {
            foreach (int cell in region)
                copy[cell] = noise[cell];
            falls.Add(_model.Probability(sample) - _model.Probability(copy));
        }

        Assert.That(new RegionPerturbationMetric { Side = side, Steps = steps }.Measure(context), Is.EqualTo(falls.Average()).Within(1e-6));
    }

    [Test]
    public void IrofAgreesWithASlowTwin()
    {
        float[] sample = _model.Sample(7), map = _model.Sample(8);
        GridSegmenter segmenter = new() { Rows = 2, Columns = 3 };
        SegmentMap segments = segmenter.Segment(new TimeFrequencyMap(sample, Bins, Frames));
        float mean = (float)sample.Average(value => (double)value);
        int[] order = [.. Enumerable.Range(0, segments.Count).OrderByDescending(s => Enumerable.Range(0, map.Length).Where(cell => segments.Labels.Span[cell] == s).Average(cell => (double)map[cell]))];
        float[] copy = [.. sample];
        List<double> shares = [1];
        foreach (int segment in order)
        {
            for (int cell = 0; cell < copy.Length; cell++)
                copy[cell] = segments.Labels.Span[cell] == segment ? mean : copy[cell];
            shares.Add(_model.Probability(copy) / (double)_model.Probability(sample));
        }

        double over = 1 - (shares.Zip(shares.Skip(1), (a, b) => (a + b) / 2).Sum() / segments.Count);
        Assert.That(new IrofMetric { Segments = segmenter }.Measure(Context(sample, map)), Is.EqualTo(over).Within(1e-6));
    }

    [Test]
    public void TheTruePatchBeatsAnotherPatchInEveryMetricThatTakesCellsAway()
    {
        // The patch lifts the logit to 4; the other cells lie around 0 and do nothing
        PatchModel model = new(Bins, Frames, 1, 3, 2, 2, weight: 0.5f);
        float[] sample = [.. model.Sample(9).Select((x, cell) => model.Weights[cell] > 0 ? 2f : x - 0.5f)];
        float[] wrong = new PatchModel(Bins, Frames, 3, 0, 2, 2).Weights;
        ExplanationMetric[] metrics =
        [
            new RelevanceGainMetric(), new RoadMetric(), new RoadMetric { Order = RemovalOrder.LeastRelevantFirst },
            new RegionPerturbationMetric { Side = 2, Steps = 6 }, new IrofMetric { Segments = new GridSegmenter { Rows = 5, Columns = 4 } },
        ];
        foreach (ExplanationMetric metric in metrics)
        {
            double right = metric.Measure(Context(sample, model.Weights, model)), other = metric.Measure(Context(sample, wrong, model));
            Assert.That(metric.Direction == MetricDirection.HigherIsBetter ? right - other : other - right, Is.GreaterThan(0.01), metric.Name);
        }
    }

    [TestCase(5, 8, 0.3, 1)]
    [TestCase(5, 8, 0.9, 2)]
    [TestCase(13, 7, 0.5, 3)]
    [TestCase(1, 9, 0.6, 4)]
    public void FilledCellsSolveTheDenseSystem(int bins, int frames, double share, int seed)
    {
        InputGrid grid = new(2, bins, frames);
        float[] sample = TinyModels.Input(seed, grid.Values).Span.ToArray();
        Random random = new(seed);
        bool[] mask = [.. Enumerable.Range(0, grid.Cells).Select(cell => cell > 0 && random.NextDouble() < share)];
        float[] filled = NoisyImputer.Fill(sample, mask, grid, 0, new KeyedRandom(1));
        for (int channel = 0; channel < 2; channel++)
        {
            double[] expected = DenseFill(sample.AsSpan(channel * grid.Cells, grid.Cells).ToArray(), mask, bins, frames);
            // The solver stops at a residual of 1e-6; the system's condition on these grids is below 100
            Assert.That(filled[(channel * grid.Cells)..((channel + 1) * grid.Cells)], Is.EqualTo(expected).Within(1e-4));
        }
    }

    [Test]
    public void AnEvenPlaneIsFilledEvenlyAndNoiseHasItsSpread()
    {
        InputGrid grid = new(1, 61, 47);
        float[] sample = [.. Enumerable.Repeat(3f, grid.Cells)];
        bool[] mask = [.. Enumerable.Range(0, grid.Cells).Select(cell => cell % 5 != 2)];
        Assert.That(NoisyImputer.Fill(sample, mask, grid, 0, new KeyedRandom(1)), Is.EqualTo(sample).Within(1e-4));
        double[] noise = [.. NoisyImputer.Fill(sample, mask, grid, 0.01, new KeyedRandom(1)).Where((_, cell) => mask[cell]).Select(value => value - 3.0)];
        Assert.That(Math.Sqrt(noise.Average(value => value * value)), Is.EqualTo(0.01).Within(5).Percent);
    }

    [Test]
    public void RoadAgreesWithFillingByTheDenseSystem([Values] RemovalOrder removal)
    {
        float[] sample = _model.Sample(3), map = _model.Sample(4);
        int[] order = [.. Enumerable.Range(0, map.Length).OrderByDescending(cell => removal == RemovalOrder.MostRelevantFirst ? map[cell] : -map[cell])];
        double mean = new[] { 0.25, 0.5 }.Average(share => _model.Probability([.. DenseFill(sample, CellOrder.First(order, (int)(40 * share)), Bins, Frames).Select(value => (float)value)]));
        RoadMetric metric = new() { Order = removal, Shares = [0.25, 0.5], Noise = 0 };
        Assert.That(metric.Measure(Context(sample, map)), Is.EqualTo(mean).Within(1e-5));
    }

    [Test]
    public void OfSamplesTheyAreNotDefinedOrWorkOnStretches()
    {
        MetricContext context = new()
        {
            Input = TinyModels.Input(3, 1, 300),
            Map = TinyModels.Input(4, 128).Memory,
            Target = 0,
            Model = new Classifier((batch, _) => Half(batch), (batch, _) => Half(batch)),
            Explain = (copies, _) => copies,
            Seed = 3,
        };
        Assert.Multiple(() =>
        {
            Assert.That(new RoadMetric().Measure(context), Is.NaN);
            Assert.That(new RoadMetric().WhyNotDefined(context), Does.Contain("samples"));
            Assert.That(new IrofMetric().Measure(context), Is.NaN);
            Assert.That(new IrofMetric().WhyNotDefined(context), Does.Contain("superpixels"));
            Assert.That(new RegionPerturbationMetric().Measure(context), Is.Zero, "a constant model");
            Assert.That(new RelevanceGainMetric().Measure(context), Is.Zero);
        });
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    public void AShareThatLeavesNothingIsRefused(double share) => Assert.That(
        () => new RoadMetric { Shares = [share] }.Measure(Context(_model.Sample(1), _model.Sample(2))), Throws.ArgumentException.With.Message.Contains("Shares"));

    // Every unknown's equation written out, solved by elimination
    private static double[] DenseFill(float[] plane, bool[] mask, int bins, int frames)
    {
        int cells = plane.Length;
        double[,] matrix = new double[cells, cells];
        double[] right = new double[cells];
        for (int cell = 0; cell < cells; cell++)
        {
            matrix[cell, cell] = 1;
            right[cell] = plane[cell];
            if (!mask[cell])
                continue;
            right[cell] = 0;
            double sum = 0;
            for (int other = 0; other < cells; other++)
            {
                int up = Math.Abs((cell / frames) - (other / frames)), along = Math.Abs((cell % frames) - (other % frames));
                if (Math.Max(up, along) == 1)
                {
                    double weight = up + along == 1 ? 1.0 / 6 : 1.0 / 12;
                    matrix[cell, other] = -weight;
                    sum += weight;
                }
            }

            for (int other = 0; other < cells; other++)
                matrix[cell, other] = other == cell ? 1 : matrix[cell, other] / sum;
        }

        return MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(matrix)
            .Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(right)).ToArray();
    }

    private static float[] Negated(float[] map) => [.. map.Select(value => -value)];

    private static FloatTensor Half(FloatTensor batch)
    {
        FloatTensor half = new(batch.Shape[0], 2);
        half.Span.Fill(0.5f);
        return half;
    }

    private MetricContext Context(float[] sample, float[] map, PatchModel? model = null) => new()
    {
        Input = new FloatTensor(sample, 1, 1, Bins, Frames),
        Map = map,
        Target = 0,
        Model = (model ?? _model).Classifier,
        Explain = (copies, _) => copies,
        Seed = 3,
    };
}
