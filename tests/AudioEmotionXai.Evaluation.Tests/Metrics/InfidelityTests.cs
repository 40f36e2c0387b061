namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>Infidelity of sensitivities and of shares of the score.</summary>
public sealed class InfidelityTests
{
    private const int Bins = 5, Frames = 7;

    private readonly PatchModel _model = new(Bins, Frames, 1, 2, 3, 2, weight: 2);

    [Test]
    public void SharesOfALinearModelHaveNoneWhateverTheBaseline([Values] InfidelityDisturbance disturbance, [Values(0f, -0.7f)] float baseline)
    {
        float[] sample = [.. _model.Sample(8).Select(x => (2 * x) - 1)];
        float[] shares = [.. _model.Weights.Zip(sample, (weight, x) => weight * (x - baseline))];
        InfidelityMetric metric = new() { Disturbance = disturbance };
        Assert.Multiple(() =>
        {
            // float32 sums of 35 values: an error below 1e-6 of the fall, squared
            Assert.That(metric.Measure(Context(sample, shares, baseline)), Is.Zero.Within(1e-6));
            Assert.That(metric.Measure(Context(sample, _model.Weights, null)), Is.Zero.Within(1e-6), "the gradient");
            Assert.That(metric.Measure(Context(sample, shares, null)), Is.GreaterThan(3e-4), "shares taken for sensitivities");
        });
    }

    [Test]
    public void SquaresAgreeWithASlowTwin()
    {
        float[] sample = _model.Sample(9), map = _model.Sample(10);
        MetricContext context = Context(sample, map, null);
        KeyedRandom random = new(context.Seed, 26);
        double[] forecasts = new double[20], falls = new double[20];
        for (int i = 0; i < 20; i++)
        {
            int side = 1 + random.NextIndex(6), height = Math.Min(side, Bins), width = Math.Min(side, Frames);
            int bottom = random.NextIndex(Bins - height + 1), left = random.NextIndex(Frames - width + 1);
            float[] copy = [.. sample];
            for (int bin = bottom; bin < bottom + height; bin++)
                for (int frame = left; frame < left + width; frame++)
                {
                    int cell = (bin * Frames) + frame;
                    forecasts[i] += map[cell] * ((double)sample[cell] - sample.Min());
                    copy[cell] = sample.Min();
                }

            falls[i] = (double)_model.Logit(sample) - _model.Logit(copy);
        }

        double scale = forecasts.Zip(falls, (a, b) => a * b).Sum() / forecasts.Sum(a => a * a);
        double expected = forecasts.Zip(falls, (a, b) => Math.Pow((scale * a) - b, 2)).Sum() / falls.Sum(b => b * b);
        InfidelityMetric metric = new() { Disturbance = InfidelityDisturbance.Square, Side = 6, Samples = 20 };
        Assert.That(metric.Measure(context), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void WhichMethodsGiveSharesIsDataOnThem()
    {
        string[] shares =
        [
            .. AttributionMethods.All.Select(entry => AttributionMethods.Parse(entry.Id))
                .Where(method => method.ShareBaseline is not null).Select(method => method.Id).Order(StringComparer.Ordinal),
        ];
        Assert.That(shares, Is.EqualTo(new[] { "input-x-gradient", "integrated-gradients", "kernel-shap", "lime", "lrp", "occlusion", "rise" }));
        Assert.Multiple(() =>
        {
            Assert.That(new IntegratedGradients { Baseline = Baseline.Minimum }.ShareBaseline, Is.EqualTo(Baseline.Minimum));
            Assert.That(new SmoothGrad { Inner = new Lrp() }.ShareBaseline, Is.EqualTo(Baseline.Zero));
            Assert.That(new SmoothGrad { Inner = new Lrp(), Reduce = NoiseReduction.Square }.ShareBaseline, Is.Null);
        });
    }

    [Test]
    public void TheInputTimesTheGradientIsAsFaithfulAsTheGradientOnTheTrainedModel()
    {
        // Both forecast the same, so they differ by float32 rounding and by cells of exactly 0 only
        FloatTensor input = GoldenAttributions.Input;
        for (int clip = 0; clip < 2; clip++)
        {
            double gradient = OnTrained(new Gradient(), input.Item(clip)), product = OnTrained(new InputXGradient(), input.Item(clip));
            Assert.That(product, Is.EqualTo(gradient).Within(2).Percent);
            Assert.That(gradient, Is.InRange(0.05, 0.999));
        }
    }

    private static double OnTrained(AttributionMethod method, FloatTensor item)
    {
        FloatTensor input = item.Reshape([1, .. GoldenAttributions.Input.Shape[1..]]);
        Explanation explanation = method.Explain(GoldenAttributions.Model, input);
        return new InfidelityMetric { Samples = 20 }.Measure(new MetricContext
        {
            Input = input,
            Map = explanation.Map.Memory,
            Values = explanation.Values.Memory,
            ShareBaseline = method.ShareBaseline?.For(input.Span),
            Target = explanation.Target.Index,
            Model = Classifier.Of(GoldenAttributions.Model),
            Explain = (copies, _) => copies,
            Seed = 5,
        });
    }

    private MetricContext Context(float[] sample, float[] map, float? baseline) => new()
    {
        Input = new FloatTensor(sample, 1, 1, Bins, Frames),
        Map = map,
        Values = map,
        ShareBaseline = baseline,
        Target = 0,
        Model = _model.Classifier,
        Explain = (copies, _) => copies,
        Seed = 3,
    };
}
