namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>Metrics on a linear model with one patch, where every answer can be written down.</summary>
public sealed class MetricTests
{
    private const int Bins = 5, Frames = 8, Patch = 4;

    [Test]
    public void DeletionFallsToAHalfWithinTheFirstStepWhenTheMapIsTrue()
    {
        // 40 cells in 10 steps of 4: the patch of 4 cells goes in the first one. An input of ones has logit 4 x 2.
        PatchModel model = Model();
        MetricContext context = Context(model, Ones(), model.Weights);
        float start = 1 / (1 + MathF.Exp(-8));
        float[] curve = new DeletionMetric().Curve(context);
        Assert.Multiple(() =>
        {
            Assert.That(curve, Is.EqualTo(Enumerable.Range(0, 11).Select(step => step == 0 ? start : 0.5f)).Within(1e-7));
            Assert.That(new DeletionMetric().Measure(context), Is.EqualTo(((start + 0.5) / 2 + (9 * 0.5)) / 10).Within(1e-7));
        });
    }

    [Test]
    public void InsertionRisesWithinTheFirstStepWhenTheMapIsTrue()
    {
        PatchModel model = Model();
        MetricContext context = Context(model, Ones(), model.Weights);
        float end = 1 / (1 + MathF.Exp(-8));
        Assert.Multiple(() =>
        {
            Assert.That(new InsertionMetric().Curve(context), Is.EqualTo(Enumerable.Range(0, 11).Select(step => step == 0 ? 0.5f : end)).Within(1e-7));
            Assert.That(new InsertionMetric().Measure(context), Is.EqualTo(((end + 0.5) / 2 + (9 * end)) / 10).Within(1e-7));
        });
    }

    [Test]
    public void DeletionIsLateWhenTheMapIsTheWrongWayRound()
    {
        PatchModel model = Model();
        float[] curve = new DeletionMetric().Curve(Context(model, Ones(), [.. model.Weights.Select(weight => -weight)]));
        float start = 1 / (1 + MathF.Exp(-8));
        Assert.That(curve, Is.EqualTo(Enumerable.Range(0, 11).Select(step => step == 10 ? 0.5f : start)).Within(1e-7));
    }

    [Test]
    public void PixelFlippingAgreesWithASlowTwin()
    {
        PatchModel model = Model();
        float[] sample = model.Sample(5), map = model.Sample(6);
        int[] order = [.. Enumerable.Range(0, 40).OrderByDescending(cell => map[cell])];
        double[] slow = new double[10];
        for (int step = 1; step <= 10; step++)
        {
            float[] copy = [.. sample];
            foreach (int cell in order.Take(4 * step))
                copy[cell] = sample.Min();
            slow[step - 1] = model.Probability(copy);
        }

        double area = slow.Zip(slow.Skip(1), (a, b) => (a + b) / 2).Sum() / 9;
        Assert.That(new PixelFlippingMetric { Steps = 10 }.Measure(Context(model, sample, map)), Is.EqualTo(area).Within(1e-6));
    }

    [Test]
    public void TheTrueContributionsCorrelateFullyWithTheFallOfALinearModel()
    {
        PatchModel model = Model();
        float[] sample = model.Sample(7);
        float least = sample.Min();
        float[] contributions = [.. model.Weights.Zip(sample, (weight, x) => weight * (x - least))];
        FaithfulnessCorrelationMetric metric = new() { SubsetSize = 10 };
        Assert.Multiple(() =>
        {
            Assert.That(metric.Measure(Context(model, sample, contributions)), Is.EqualTo(1).Within(1e-4));
            Assert.That(metric.Measure(Context(model, sample, [.. contributions.Select(c => -c)])), Is.EqualTo(-1).Within(1e-4));
            Assert.That(metric.Measure(Context(model, sample, new float[40])), Is.NaN);
        });
    }

    [Test]
    public void TheGradientOfALinearModelHasNoInfidelityAndZerosHaveOne()
    {
        PatchModel model = Model();
        float[] sample = model.Sample(8);
        Assert.Multiple(() =>
        {
            Assert.That(new InfidelityMetric().Measure(Context(model, sample, model.Weights)), Is.Zero.Within(1e-6));
            Assert.That(new InfidelityMetric().Measure(Context(model, sample, [.. model.Weights.Select(weight => 100 * weight)])), Is.Zero.Within(1e-6), "the unit does not matter");
            Assert.That(new InfidelityMetric().Measure(Context(model, sample, new float[40])), Is.EqualTo(1).Within(1e-9));
        });
    }

    [Test]
    public void AMapThatDoesNotChangeHasNoSensitivity()
    {
        PatchModel model = Model();
        Assert.That(new MaxSensitivityMetric().Measure(Context(model, Ones(), model.Weights)), Is.Zero);
    }

    [Test]
    public void AMapThatIsTheInputChangesByAtMostTheRadius()
    {
        PatchModel model = Model();
        MetricContext context = Context(model, Ones(), Ones(), (copies, _) => copies.Reshape(copies.Shape[0], 40));
        Assert.That(new MaxSensitivityMetric { Radius = 0.05 }.Measure(context), Is.InRange(0.05 / Math.Sqrt(3) * 0.8, 0.05));
    }

    [Test]
    public void SparsenessIsZeroForEvenMapsAndNearOneForASingleCell()
    {
        PatchModel model = Model();
        float[] single = new float[40];
        single[7] = -3;
        Assert.Multiple(() =>
        {
            Assert.That(new SparsenessMetric().Measure(Context(model, Ones(), Ones())), Is.Zero.Within(1e-12));
            Assert.That(new SparsenessMetric().Measure(Context(model, Ones(), single)), Is.EqualTo(39.0 / 40).Within(1e-5));
        });
    }

    [Test]
    public void ComplexityIsTheEntropyOfTheCells()
    {
        PatchModel model = Model();
        Assert.Multiple(() =>
        {
            Assert.That(new ComplexityMetric().Measure(Context(model, Ones(), Ones())), Is.EqualTo(Math.Log(40)).Within(1e-9));
            Assert.That(new ComplexityMetric().Measure(Context(model, Ones(), model.Weights)), Is.EqualTo(Math.Log(Patch)).Within(1e-9));
            Assert.That(new ComplexityMetric().Measure(Context(model, Ones(), new float[40])), Is.NaN);
        });
    }

    [Test]
    public void EveryMetricSaysItsNameDirectionAndSummary()
    {
        Assert.That(ExplanationMetric.All.Select(metric => metric.Name), Is.Unique.And.All.Match("^[a-z_]+$"));
        foreach (ExplanationMetric metric in ExplanationMetric.All)
            Assert.That((Enum.IsDefined(metric.Direction), metric.Summary.Length > 20, metric.Assumes.Length > 10, metric.Paper.StartsWith("arXiv:", StringComparison.Ordinal) || metric.Paper.StartsWith("doi:", StringComparison.Ordinal)), Is.EqualTo((true, true, true, true)), metric.Name);
    }

    private static PatchModel Model() => new(Bins, Frames, 1, 3, 2, 2, weight: 2);

    private static float[] Ones() => [.. Enumerable.Repeat(1f, Bins * Frames)];

    private static MetricContext Context(PatchModel model, float[] sample, float[] map, Func<FloatTensor, CancellationToken, FloatTensor>? explain = null) => new()
    {
        Input = new FloatTensor(sample, 1, 1, Bins, Frames),
        Map = map,
        Target = 0,
        Model = model.Classifier,
        Explain = explain ?? ((copies, _) => Repeat(map, copies.Shape[0])),
        Seed = 3,
    };

    private static FloatTensor Repeat(float[] map, int count) => new(Enumerable.Repeat(map, count).SelectMany(values => values).ToArray(), count, map.Length);
}
