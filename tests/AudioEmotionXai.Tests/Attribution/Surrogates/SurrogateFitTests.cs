namespace AudioEmotionXai.Tests;

public sealed class SurrogateFitTests
{
    private static readonly int[] s_both = [0, 1];

    [Test]
    public void TheSampleMatrixIsLimesBitForBit()
    {
        byte[] expected = Array.ConvertAll(LimeGolden.Samples.ToInt32s(), bit => (byte)bit);
        Assert.That(SampleMatrix.Independent(42, 1000, 96).Cells.ToArray(), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(s_both))]
    public void TheFitToTheGoldenSamplesIsLimes(int index)
    {
        LimeGolden golden = new(index);
        LinearSurrogate model = GoldenFit(golden).Solve(1, FeatureSelection.Auto, 100_000)[golden.Label];
        double worst = model.Coefficients.ToArray().Zip(golden["coefficients"].ToDoubles(), (a, b) => Math.Abs(a - b)).Max();
        TestContext.Out.WriteLine(FormattableString.Invariant($"coefficients {worst:E2}, intercept {model.Intercept - golden["intercept"].ToDoubles()[0]:E2}, score {model.Score - golden["score"].ToDoubles()[0]:E2}"));
        Assert.That(worst, Is.LessThanOrEqualTo(1e-6));
        Assert.That(model.Intercept, Is.EqualTo(golden["intercept"].ToDoubles()[0]).Within(1e-6));
        Assert.That(model.Score, Is.EqualTo(golden["score"].ToDoubles()[0]).Within(1e-6));
        Assert.That(model.LocalPrediction, Is.EqualTo(golden["local_prediction"].ToDoubles()[0]).Within(1e-6));
        Assert.That(model.Order.ToArray(), Is.EqualTo(golden["order"].ToInt32s()));
    }

    [TestCaseSource(nameof(s_both))]
    public void TheMasksAreThoseOfGetImageAndMask(int index)
    {
        LimeGolden golden = new(index);
        SegmentMap segments = new(LimeGolden.Segments.ToInt32s(), 128, 141);
        LimeExplanation explanation = new(golden.Input, segments, GoldenFit(golden).Solve(1, FeatureSelection.Auto, 100_000), 1000, LimeEnd.AllSamples);
        Assert.That(explanation.ImageAndMask(golden.Label, positiveOnly: false, features: 30).Mask, Is.EqualTo(golden["mask_both_30"].ToInt32s()));
        Assert.That(explanation.ImageAndMask(golden.Label, positiveOnly: true, features: 5).Mask, Is.EqualTo(golden["mask_positive_5"].ToInt32s()));
    }

    [Test]
    public void EveryClassGetsWhatAFitOfItsOwnWouldGive()
    {
        (SampleMatrix matrix, double[][] values) = Problem(samples: 60, features: 7, outputs: 3);
        LinearSurrogate[] models = Fit(matrix, values).Solve(0.7, FeatureSelection.None, 1);
        double[][] rows = [.. Enumerable.Range(0, 60).Select(i => matrix.Row(i).ToArray().Select(x => (double)x).ToArray())];
        double[] weights = [.. Enumerable.Range(0, 60).Select(i => LimeKernel.Weight(matrix.Row(i), 0.25))];
        for (int output = 0; output < 3; output++)
        {
            double[] expected = PlainRidge.Fit(rows, weights, [.. values.Select(row => row[output])], 0.7);
            Assert.That(models[output].Coefficients.ToArray(), Is.EqualTo(expected[..^1]).Within(1e-9));
            Assert.That(models[output].Intercept, Is.EqualTo(expected[^1]).Within(1e-9));
            Assert.That(models[output].LocalPrediction, Is.EqualTo(expected.Sum()).Within(1e-9));
        }
    }

    [Test]
    public void ALinearModelIsFoundExactlyWithNoError()
    {
        double[] truth = [0.5, -2, 0, 1, 3];
        SampleMatrix matrix = SampleMatrix.Orthogonal(1, 80, 5);
        LinearSurrogate model = Fit(matrix, Linear(matrix, truth, 0.25)).Solve(0, FeatureSelection.None, 5)[0];
        Assert.That(model.Coefficients.ToArray(), Is.EqualTo(truth).Within(1e-10));
        Assert.That(model.Intercept, Is.EqualTo(0.25).Within(1e-10));
        Assert.That(model.Score, Is.EqualTo(1).Within(1e-12));
        Assert.That(model.StandardErrors.ToArray(), Is.All.LessThan(1e-9));
        Assert.That(model.Order.ToArray(), Is.EqualTo(new[] { 4, 1, 3, 0, 2 }));
    }

    [Test]
    public void StandardErrorsAreHowFarCoefficientsVaryFromSeedToSeed([Values] SampleScheme scheme)
    {
        double[][] coefficients = new double[200][];
        double[] claimed = new double[200];
        for (uint seed = 0; seed < 200; seed++)
        {
            SampleMatrix matrix = SampleMatrix.Create(scheme, seed, 300, 6);
            double[][] values = [.. Enumerable.Range(0, 300).Select(i => new[] { Curved(matrix.Row(i)) })];
            LinearSurrogate model = Fit(matrix, values).Solve(1, FeatureSelection.None, 6)[0];
            coefficients[seed] = model.Coefficients.ToArray();
            claimed[seed] = model.StandardErrors.Span[2];
        }

        double mean = coefficients.Average(c => c[2]);
        double seen = Math.Sqrt(coefficients.Average(c => (c[2] - mean) * (c[2] - mean)));
        // What a block of an orthogonal array cancels beyond its pairs is not credited: the claim may only be too large there
        double most = scheme == SampleScheme.Orthogonal ? 1.5 : 1.25;
        Assert.That(claimed.Average(), Is.InRange(0.75 * seen, most * seen));
    }

    [Test]
    public void ForwardSelectionTakesWhatRaisesTheFitMost()
    {
        (SampleMatrix matrix, double[][] values) = Problem(samples: 90, features: 8, outputs: 1);
        LinearSurrogate model = Fit(matrix, values).Solve(1, FeatureSelection.Auto, 4)[0];
        Assert.That(model.Order.ToArray(), Is.EquivalentTo(PlainForward(matrix, values, 4)));
        Assert.That(model.Coefficients.ToArray().Count(c => c != 0), Is.EqualTo(4));
    }

    [Test]
    public void HighestWeightsTakesTheLargestOfAFirstFit()
    {
        double[] truth = [0.5, -2, 0.01, 1, 3, -0.3, 0.02, 0.4, 0];
        SampleMatrix matrix = SampleMatrix.Independent(4, 200, 9);
        SurrogateFit fit = Fit(matrix, Linear(matrix, truth, 0));
        Assert.That(fit.Solve(1, FeatureSelection.Auto, 7)[0].Order.ToArray(), Is.EqualTo(new[] { 4, 1, 3, 0, 7, 5, 6 }));
        Assert.That(fit.Solve(1, FeatureSelection.HighestWeights, 2)[0].Order.ToArray(), Is.EqualTo(new[] { 4, 1 }));
    }

    [Test]
    public void AStreamGivesAtEveryMomentWhatItsSamplesAloneGive()
    {
        (SampleMatrix matrix, double[][] values) = Problem(samples: 100, features: 6, outputs: 2);
        SurrogateFit stream = new(matrix, 0.25, 2);
        for (int i = 0; i < 100; i++)
        {
            stream.Add(values[i]);
            if (i is 39 or 99)
                Assert.That(stream.Solve(1, FeatureSelection.None, 6)[1].Coefficients.ToArray(), Is.EqualTo(Fit(matrix, values[..(i + 1)]).Solve(1, FeatureSelection.None, 6)[1].Coefficients.ToArray()));
        }
    }

    [Test]
    public void SamplesThatDecideNothingAreRefusedWithoutRidge()
    {
        SampleMatrix matrix = SampleMatrix.Independent(1, 3, 10);
        Assert.That(() => Fit(matrix, Linear(matrix, new double[10], 1)).Solve(0, FeatureSelection.None, 10), Throws.ArgumentException.With.Message.Contains("larger ridge"));
    }

    [Test]
    public void PairsHideWhatTheirPartnersShow()
    {
        SampleMatrix matrix = SampleMatrix.Orthogonal(5, 8, 11);
        Assert.That(matrix.Row(0).ToArray(), Is.All.EqualTo(1));
        for (int i = 1; i < 7; i += 2)
            Assert.That(matrix.Row(i).ToArray().Zip(matrix.Row(i + 1).ToArray(), (a, b) => a + b), Is.All.EqualTo(1));
        Assert.That(Enumerable.Range(0, 8).Select(matrix.ClusterOf), Is.EqualTo(new[] { 0, 1, 1, 2, 2, 3, 3, 4 }));
    }

    [Test]
    public void TheKernelIsLimes()
    {
        Assert.That(LimeKernel.Weight([1, 1, 1, 1], 0.25), Is.EqualTo(1));
        Assert.That(LimeKernel.Weight([1, 0, 0, 0], 0.25), Is.EqualTo(Math.Exp(-8 * 0.25)).Within(1e-15));
        Assert.That(LimeKernel.Distance([0, 0, 0, 0]), Is.EqualTo(1));
    }

    private static SurrogateFit GoldenFit(LimeGolden golden)
    {
        double[] probabilities = golden["probabilities"].ToDoubles();
        return Fit(SampleMatrix.Independent(42, 1000, 96), [.. probabilities.Chunk(6)]);
    }

    private static SurrogateFit Fit(SampleMatrix matrix, double[][] values)
    {
        SurrogateFit fit = new(matrix, 0.25, values[0].Length);
        foreach (double[] row in values)
            fit.Add(row);
        return fit;
    }

    private static (SampleMatrix Matrix, double[][] Values) Problem(int samples, int features, int outputs)
    {
        NumPyRandom random = new(8);
        SampleMatrix matrix = SampleMatrix.Independent(8, samples, features);
        double[] truth = [.. Enumerable.Range(0, features * outputs).Select(_ => random.Normal())];
        double[][] values = new double[samples][];
        for (int i = 0; i < samples; i++)
        {
            byte[] row = matrix.Row(i).ToArray();
            values[i] = [.. Enumerable.Range(0, outputs).Select(o => row.Select((x, j) => x * truth[(o * features) + j]).Sum() + (0.3 * random.Normal()))];
        }

        return (matrix, values);
    }

    private static double[][] Linear(SampleMatrix matrix, double[] truth, double intercept) =>
        [.. Enumerable.Range(0, matrix.Samples).Select(i => new[] { matrix.Row(i).ToArray().Select((x, j) => x * truth[j]).Sum() + intercept })];

    private static double Curved(ReadOnlySpan<byte> row) => row[0] + (2 * row[1] * row[2]) - (row[3] * row[4] * row[5]);

    private static int[] PlainForward(SampleMatrix matrix, double[][] values, int count)
    {
        double[] weights = [.. Enumerable.Range(0, matrix.Samples).Select(i => LimeKernel.Weight(matrix.Row(i), 0.25))];
        List<int> chosen = [];
        while (chosen.Count < count)
            chosen.Add(Enumerable.Range(0, matrix.Features).Where(i => !chosen.Contains(i)).MinBy(i => Unexplained(matrix, weights, values, [.. chosen, i])));
        return [.. chosen];
    }

    private static double Unexplained(SampleMatrix matrix, double[] weights, double[][] values, int[] features)
    {
        double[][] rows = [.. Enumerable.Range(0, matrix.Samples).Select(s => features.Select(f => (double)matrix.Row(s)[f]).ToArray())];
        double[] fit = PlainRidge.Fit(rows, weights, [.. values.Select(v => v[0])], 0);
        return rows.Select((row, s) => weights[s] * Math.Pow(values[s][0] - fit[^1] - row.Select((x, j) => x * fit[j]).Sum(), 2)).Sum();
    }
}
