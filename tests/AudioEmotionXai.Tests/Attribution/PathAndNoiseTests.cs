using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace AudioEmotionXai.Tests;

/// <summary>Laws of the methods that run a program many times, and EigenCAM against a singular value decomposition.</summary>
public sealed class PathAndNoiseTests
{
    private readonly AudioClassifier _model = TinyModels.Load(TinyModels.Image());
    private readonly FloatTensor _input = TinyModels.ImageInput(2);

    [OneTimeTearDown]
    public void CloseModel() => _model.Dispose();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    [TestCase(50)]
    [TestCase(333)]
    public void GaussLegendreNodesAreExactForPolynomialsOfTwiceTheirNumber(int steps)
    {
        PathPoints points = PathPoints.Of(PathQuadrature.GaussLegendre, steps);
        Assert.That(points.Positions, Is.Ordered.And.All.InRange(0, 1));
        for (int power = 0; power < Math.Min(2 * steps, 120); power++)
            Assert.That(points.Positions.Zip(points.Weights, (x, w) => w * Math.Pow(x, power)).Sum(), Is.EqualTo(1.0 / (power + 1)).Within(1e-13), $"x^{power}");
    }

    [TestCase(20)]
    [TestCase(50)]
    [TestCase(101)]
    public void GaussLegendreNodesAreThoseOfAnotherLibrary(int steps)
    {
        PathPoints points = PathPoints.Of(PathQuadrature.GaussLegendre, steps);
        MathNet.Numerics.Integration.GaussLegendreRule rule = new(0, 1, steps);
        // The other's own search ends at 1e-10 of a node, and a weight follows it
        Assert.That(points.Positions, Is.EqualTo(rule.Abscissas).Within(1e-11));
        Assert.That(points.Weights, Is.EqualTo(rule.Weights).Within(1e-11));
    }

    [TestCase(PathQuadrature.GaussLegendre)]
    [TestCase(PathQuadrature.CompositeTrapezoid)]
    [TestCase(PathQuadrature.RightRiemann)]
    public void QuadraturesIntegratePolynomialsOfTheirDegree(PathQuadrature quadrature)
    {
        PathPoints points = PathPoints.Of(quadrature, 40);
        double constant = points.Weights.Sum();
        double line = points.Positions.Zip(points.Weights, (x, weight) => x * weight).Sum();
        Assert.That(constant, Is.EqualTo(1).Within(1e-12));
        Assert.That(line, Is.EqualTo(0.5).Within(quadrature == PathQuadrature.RightRiemann ? 0.0126 : 1e-12));
    }

    [Test]
    public void TheTrapezoidOfCaptumLosesOneStepsWeight() =>
        Assert.That(PathPoints.Of(PathQuadrature.Trapezoid, 64).Weights.Sum(), Is.EqualTo(63.0 / 64).Within(1e-12));

    [TestCase("0")]
    [TestCase("min")]
    [TestCase("mean")]
    [TestCase("-0.5")]
    public void IntegratedGradientsAddUpToTheDifferenceFromAnyBaseline(string baseline)
    {
        // Along the path the gradient is a staircase: its steps leave about one step's height over the number of gradients
        AttributionResult result = new IntegratedGradients { Steps = 300, Baseline = Baseline.Parse(baseline, null) }.Attribute(_model, _input);
        for (int item = 0; item < 2; item++)
            Assert.That(result.CompletenessGap![item], Is.EqualTo(0).Within(1e-2));
    }

    [Test]
    public void WithoutNoiseSmoothGradIsItsInnerMethod()
    {
        FloatTensor plain = new Gradient().Attribute(_model, _input).Map;
        FloatTensor smooth = new SmoothGrad { Noise = 0, Samples = 3 }.Attribute(_model, _input).Map;
        FloatTensor squared = new SmoothGrad { Noise = 0, Samples = 3, Reduce = NoiseReduction.Square }.Attribute(_model, _input).Map;
        FloatTensor variance = new SmoothGrad { Noise = 0, Samples = 3, Reduce = NoiseReduction.Variance }.Attribute(_model, _input).Map;
        GoldenAttributions.AssertClose(smooth, plain, 1e-6);
        for (int i = 0; i < plain.Length; i++)
        {
            Assert.That(squared.Span[i], Is.EqualTo(plain.Span[i] * plain.Span[i]).Within(1e-6f));
            Assert.That(variance.Span[i], Is.EqualTo(0).Within(1e-9f));
        }
    }

    [Test]
    public void MeanSquareAndVarianceOfNoisyMapsAgree()
    {
        FloatTensor mean = new SmoothGrad { Samples = 8, Seed = 5 }.Attribute(_model, _input).Map;
        FloatTensor square = new SmoothGrad { Samples = 8, Seed = 5, Reduce = NoiseReduction.Square }.Attribute(_model, _input).Map;
        FloatTensor variance = new SmoothGrad { Samples = 8, Seed = 5, Reduce = NoiseReduction.Variance }.Attribute(_model, _input).Map;
        for (int i = 0; i < mean.Length; i++)
            Assert.That(variance.Span[i], Is.EqualTo(square.Span[i] - (mean.Span[i] * mean.Span[i])).Within(1e-6f));
    }

    [Test]
    public void AnotherSeedGivesAnotherMap() =>
        Assert.That(new SmoothGrad { Seed = 1 }.Attribute(_model, _input).Map.Span.ToArray(), Is.Not.EqualTo(new SmoothGrad { Seed = 2 }.Attribute(_model, _input).Map.Span.ToArray()));

    [Test]
    public void SmoothSaliencyIsSmoothGradOfSaliency() =>
        Assert.That(
            new SmoothSaliency { Samples = 4 }.Attribute(_model, _input).Map.Span.ToArray(),
            Is.EqualTo(new SmoothGrad { Inner = new Saliency(), Samples = 4 }.Attribute(_model, _input).Map.Span.ToArray()));

    [TestCase("layer1", 4, 13, 17)]
    [TestCase("layer4", 8, 4, 5)]
    public void EigenCamIsTheFirstPrincipalComponent(string layer, int channels, int height, int width)
    {
        FloatTensor map = new EigenCam { Layer = layer, Mode = CamMode.Raw }.Attribute(_model, _input).Map;
        float[] activations = BareRun.Of(WithOutput(layer), _input, layer);
        int cells = height * width;
        for (int item = 0; item < 2; item++)
        {
            Matrix<double> byCell = Matrix<double>.Build.Dense(cells, channels, (cell, channel) => activations[(((item * channels) + channel) * cells) + cell]);
            Vector<double> means = byCell.ColumnSums() / cells;
            byCell.MapIndexedInplace((_, channel, value) => value - means[channel]);
            Svd<double> svd = byCell.Svd();
            Vector<double> projection = byCell * svd.VT.Row(0);
            if (projection.Max() < -projection.Min())
                projection = -projection;
            TimeFrequencyMap expected = BilinearResize.Resize(new TimeFrequencyMap(projection.Select(value => (float)value).ToArray(), height, width), TinyModels.Height, TinyModels.Width);
            GoldenAttributions.AssertClose(map.Item(item), new FloatTensor(expected.Memory, 1, 1, TinyModels.Height, TinyModels.Width), 1e-4);
        }
    }

    private static OnnxModel WithOutput(string layer)
    {
        OnnxModel model = TinyModels.Image();
        GraphEditing.AddOutput(model, ShapeInference.Infer(model), layer);
        return model;
    }
}
