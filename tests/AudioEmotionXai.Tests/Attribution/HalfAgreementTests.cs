using MathNet.Numerics.Statistics;

namespace AudioEmotionXai.Tests;

/// <summary>How well two halves of a sampled method's draws agree: against maps of single samples, of the halves alone, and of other seeds.</summary>
public sealed class HalfAgreementTests
{
    private const int Bins = 13;
    private const int Frames = 17;
    private AudioClassifier _model = null!;
    private FloatTensor _input = null!;

    [OneTimeSetUp]
    public void BuildModel()
    {
        // A patch that matters, and a curve so that segments interact
        float[] weights = new float[2 * Bins * Frames];
        for (int cell = 0; cell < Bins * Frames; cell++)
            weights[cell] = (cell / Frames) < 4 && (cell % Frames) > 10 ? 0.1f : 0.01f * (float)Math.Sin(0.7 * cell);
        OnnxModel model = OnnxModel.Create(17, "curve");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 1, Bins, Frames]));
        model.AddInitializer(OnnxTensor.FromFloats("w", weights, 2, Bins * Frames));
        model.Add(new OnnxNode("Flatten", "flatten", ["x"], ["flat"]));
        model.Add(new OnnxNode("Gemm", "fc", ["flat", "w"], ["line"]).Set("transB", 1L));
        model.Add(new OnnxNode("Sigmoid", "bend", ["line"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        new ModelContract { Head = ClassHead.Softmax }.WriteTo(model);
        _model = TinyModels.Load(model);
        _input = TinyModels.Input(3, 2, 1, Bins, Frames);
    }

    [OneTimeTearDown]
    public void CloseModel() => _model.Dispose();

    [TestCase("silence samples=7 noise=0.2 seed=3", 7)]
    [TestCase("smooth-grad samples=6 noise=0.4 seed=5", 6)]
    [TestCase("smooth-saliency samples=5 noise=0.4", 5)]
    public void TheHalvesAreTheMeansOfTheEvenAndOfTheOddSamples(string text, int samples)
    {
        // The first k samples of a seed are the same whatever comes after: k times the mean of k, less what there was before, is one sample
        AttributionMethod method = AttributionMethods.Parse(text);
        for (int item = 0; item < 2; item++)
        {
            double[][] sums = [new double[Bins * Frames], .. Enumerable.Range(1, samples).Select(k => SumOf(text, samples, k, item))];
            double[] even = new double[Bins * Frames], odd = new double[Bins * Frames];
            for (int sample = 0; sample < samples; sample++)
                for (int cell = 0; cell < even.Length; cell++)
                    (sample % 2 == 0 ? even : odd)[cell] += sums[sample + 1][cell] - sums[sample][cell];
            Assert.That(
                method.Attribute(_model, _input).HalfAgreement![item], Is.EqualTo(Correlation.Pearson(even, odd)).Within(1e-4),
                "differences of sums in single precision");
        }
    }

    [Test]
    public void RisesHalvesAreTheMapsOfTheEvenAndOfTheOddMasksAlone()
    {
        NumPyRandom random = new(4);
        RiseSums all = new(5), even = new(5), odd = new(5);
        for (int sample = 0; sample < 31; sample++)
        {
            float[] mask = [.. Enumerable.Range(0, 5).Select(_ => (float)random.NextDouble())];
            double score = random.Normal() + mask[2];
            all.Add(mask, score);
            (sample % 2 == 0 ? even : odd).Add(mask, score);
        }

        float[][] maps = [new float[5], new float[5], new float[5], new float[5]];
        all.WriteHalves(maps[0], maps[1]);
        even.Write(maps[2]);
        odd.Write(maps[3]);
        Assert.That(maps[0], Is.EqualTo(maps[2]).Within(1e-6));
        Assert.That(maps[1], Is.EqualTo(maps[3]).Within(1e-6));
    }

    [TestCase(SampleScheme.Independent)]
    [TestCase(SampleScheme.Orthogonal)]
    public void LimesHalvesAreOneStepTowardsTheFitsOfTheirOwnSamples(SampleScheme scheme)
    {
        // Many samples: the matrices of the halves are nearly that of all, and one step is nearly the way
        const int samples = 4001;
        SampleMatrix matrix = SampleMatrix.Create(scheme, 9, samples, 7);
        NumPyRandom random = new(8);
        double[][] values = [.. Enumerable.Range(0, samples).Select(_ => new[] { random.Normal(), random.Normal() })];
        SurrogateFit fit = new(matrix, 0.25, 2);
        foreach (double[] value in values)
            fit.Add(value);
        double[] all = fit.Solve(1, FeatureSelection.None, 7)[1].Coefficients.ToArray();
        (double[] First, double[] Second) halves = fit.SolveHalves(1, FeatureSelection.None, 7, output: 1)!.Value;
        for (int half = 0; half < 2; half++)
        {
            int[] rows = [.. Enumerable.Range(1, samples - 1).Where(sample => matrix.HalfOf(sample) == half)];
            SampleMatrix part = new([.. rows.SelectMany(row => matrix.Row(row).ToArray())], 7, [.. Enumerable.Range(0, rows.Length)]);
            SurrogateFit alone = new(part, 0.25, 2);
            foreach (int row in rows)
                alone.Add(values[row]);
            double[] expected = alone.Solve(1, FeatureSelection.None, 7)[1].Coefficients.ToArray();
            double[] apart = [.. expected.Zip(all, (one, mean) => one - mean)];
            double[] step = [.. (half == 0 ? halves.First : halves.Second).Zip(all, (one, mean) => one - mean)];
            Assert.That(step, Is.EqualTo(apart).Within(0.15 * apart.Max(Math.Abs)), "the halves' matrices differ by some hundredths");
            Assert.That(rows, Has.Length.EqualTo(2000));
        }
    }

    [Test]
    public void PairsOfOrthogonalSamplesStayTogetherAndTheFirstSampleIsInBothHalves() =>
        Assert.That(Enumerable.Range(0, 9).Select(SampleMatrix.Orthogonal(9, 9, 7).HalfOf), Is.EqualTo(new[] { SampleMatrix.BothHalves, 1, 1, 0, 0, 1, 1, 0, 0 }));

    [Test]
    public void KernelShapsHalvesShareTheWholeSizesAndTheDrawnPairsWeighTwice()
    {
        (SampleMatrix matrix, double[] weights) = ShapleyCoalitions.Create(1, 60, 12);
        Assert.That(Enumerable.Range(0, 60).Select(matrix.HalfOf), Is.EqualTo(Enumerable.Range(0, 60).Select(sample => sample < 24 ? SampleMatrix.BothHalves : sample / 2 % 2)));
        ShapleyHalves all = new(12);
        ShapleySolver[] alone = [new(12, 1), new(12, 1)];
        NumPyRandom random = new(2);
        for (int sample = 0; sample < 60; sample++)
        {
            double value = random.Normal();
            all.Add(matrix, sample, weights[sample], value);
            for (int half = 0; half < 2; half++)
                if (sample < 24 || sample / 2 % 2 == half)
                    alone[half].Add(matrix.Row(sample), sample < 24 ? weights[sample] : 2 * weights[sample], [value]);
        }

        (double[] First, double[] Second) halves = all.SolveHalves(0.5)!.Value;
        Assert.That(halves.First, Is.EqualTo(alone[0].Solve(0, 0.5)));
        Assert.That(halves.Second, Is.EqualTo(alone[1].Solve(0, 0.5)));
    }

    [Test]
    public void WhereEveryCoalitionIsGoneThroughNothingDependsOnTheDraw()
    {
        AttributionResult result = AttributionMethods.Parse("kernel-shap samples=300 segments=grid:2x4").Attribute(_model, _input);
        Assert.That(result.HalfAgreement, Is.All.EqualTo(1).Within(1e-9), "254 coalitions of 8 segments");
        Assert.That(result[0].Reliability, Is.EqualTo(1).Within(1e-9));
    }

    [TestCase("rise samples=400 grid=4x5 score=logit")]
    [TestCase("rise samples=1600 grid=4x5 score=logit")]
    [TestCase("lime samples=150 segments=grid:4x5 score=logit")]
    [TestCase("lime samples=150 segments=grid:4x5 score=logit sampling=orthogonal")]
    [TestCase("lime samples=50 segments=grid:4x5 score=logit")]
    [TestCase("lime samples=50 segments=grid:4x5 score=logit sampling=orthogonal")]
    [TestCase("kernel-shap samples=150 segments=grid:4x5 score=logit")]
    [TestCase("smooth-grad samples=10 noise=0.4")]
    [TestCase("silence samples=10 noise=0.3")]
    public void ReliabilityIsTheAgreementWithTheMapOfAnotherSeed(string text)
    {
        // Means over 12 seeds and the 66 pairs of their maps; a correlation has a standard error of some hundredths there
        Explanation[] maps = [.. Enumerable.Range(0, 12).Select(seed => AttributionMethods.Parse($"{text} seed={seed}").Attribute(_model, _input, ClassTarget.OfIndex(0))[0])];
        double[][] cells = [.. maps.Select(map => Array.ConvertAll(map.Values.Span.ToArray(), value => (double)value))];
        double others = Enumerable.Range(0, 12).SelectMany(a => Enumerable.Range(0, a).Select(b => Correlation.Pearson(cells[a], cells[b]))).Average();
        TestContext.Out.WriteLine(FormattableString.Invariant($"reliability {maps.Average(map => map.Reliability):0.000}, other seeds {others:0.000}"));
        Assert.That(maps.Average(map => map.Reliability), Is.EqualTo(others).Within(0.06));
    }

    [Test]
    public void AMapThatDependsOnTheDrawIsWarnedOf()
    {
        AttributionResult few = AttributionMethods.Parse("rise samples=20 grid=4x5").Attribute(_model, _input);
        AttributionResult many = AttributionMethods.Parse("rise samples=3000 grid=4x5").Attribute(_model, _input);
        Assert.That(few.Warnings.Select(warning => warning.Item), Is.EqualTo(new int?[] { 0, 1 }));
        Assert.That(few[1].Warnings, Has.One.StartsWith("the map depends on the draw: two halves of the samples give maps that correlate by "));
        Assert.That(many.HalfAgreement, Is.All.GreaterThan(0.8));
        Assert.That(many.Warnings, Is.Empty);
    }

    [TestCase(0.538, 0.69960988296489)]
    [TestCase(1, 1)]
    [TestCase(0, 0)]
    [TestCase(-0.4, 0)]
    public void ReliabilityIsSteppedUpAsSpearmanAndBrownSay(double halves, double expected)
    {
        Assert.That(HalfMaps.Reliability(halves), Is.EqualTo(expected).Within(1e-12));
        Assert.That(HalfMaps.WarningsFor([halves]).Any(), Is.EqualTo(expected < 0.7));
    }

    [Test]
    public void WhatDrawsNoSamplesOrHasOneOrFindsNothingHasNoHalves()
    {
        Assert.That(AttributionMethods.Parse("gradient").Attribute(_model, _input).HalfAgreement, Is.Null);
        Assert.That(AttributionMethods.Parse("gradient").Attribute(_model, _input)[0].Reliability, Is.Null);
        foreach (string one in new[] { "rise samples=1", "smooth-grad samples=1", "silence samples=1" })
        {
            AttributionResult result = AttributionMethods.Parse(one).Attribute(_model, _input);
            Assert.That(result.HalfAgreement, Is.All.NaN, one);
            Assert.That(result[1].HalfAgreement, Is.Null);
            Assert.That(result.Warnings.Select(warning => warning.Text), Has.None.Contains("halves"));
        }

        using AudioClassifier constant = TinyModels.Load(TinyModels.Image());
        FloatTensor blank = new(1, 1, TinyModels.Height, TinyModels.Width);
        Assert.That(AttributionMethods.Parse("rise samples=20").Attribute(constant, blank)[0].HalfAgreement, Is.Null, "nothing to hide");
    }

    private double[] SumOf(string text, int samples, int first, int item)
    {
        AttributionMethod method = AttributionMethods.Parse(text.Replace(FormattableString.Invariant($"samples={samples}"), FormattableString.Invariant($"samples={first}"), StringComparison.Ordinal));
        return Array.ConvertAll(method.Attribute(_model, _input).Map.Item(item).Span.ToArray(), value => first * (double)value);
    }
}
