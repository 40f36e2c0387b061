using MathNet.Numerics.Distributions;

namespace AudioEmotionXai.Evaluation.Tests;

public sealed class StatisticsTests
{
    [Test]
    public void HolmsAdjustedValuesAreThoseOfTheTextbook() =>
        Assert.That(HolmCorrection.Adjust([0.01, 0.04, double.NaN, 0.03, 0.005]), Is.EqualTo(new[] { 0.03, 0.06, double.NaN, 0.06, 0.02 }).Within(1e-12));

    [Test]
    public void SpearmanIsOneForAnyRisingRelationAndAveragesTies()
    {
        Assert.Multiple(() =>
        {
            Assert.That(RankCorrelation.Spearman([1, 2, 3, 4], [1, 10, 100, 1000]), Is.EqualTo(1).Within(1e-12));
            Assert.That(RankCorrelation.Spearman([1, 2, 3, 4], [4, 3, 2, 1]), Is.EqualTo(-1).Within(1e-12));
            Assert.That(RankCorrelation.Spearman([1, 2, 2, 3], [1, 3, 2, 4]), Is.EqualTo(0.9486832980505138).Within(1e-12));
            Assert.That(RankCorrelation.Spearman([1, 1, 1], [1, 2, 3]), Is.NaN);
        });
    }

    [Test]
    public void FromFiftyClipsOnTheTestIsStudents()
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(i => Math.Sin(i) + 0.2)];
        MeanTest test = MeanTest.Of(values, [], 99, new KeyedRandom(1));
        double mean = values.Average(), error = Math.Sqrt(values.Sum(value => Math.Pow(value - mean, 2)) / 59 / 60);
        ConfidenceInterval interval = test.Interval(0.95);
        Assert.Multiple(() =>
        {
            Assert.That(interval.High - mean, Is.EqualTo(2.0009953780882688 * error).Within(1e-9), "the 97.5 % point of t with 59 degrees");
            Assert.That(test.PValue, Is.EqualTo(2 * StudentT.CDF(0, 1, 59, -mean / error)).Within(1e-12));
            Assert.That(test.Detectable(0.05), Is.EqualTo((2.0009953780882688 + StudentT.InvCDF(0, 1, 59, 0.8)) * error).Within(1e-9));
        });
    }

    [TestCase(7)]
    [TestCase(20)]
    [TestCase(80)]
    public void TheIntervalLeavesOutZeroExactlyWhereTheTestRejectsIt(int clips)
    {
        for (int run = 0; run < 60; run++)
        {
            KeyedRandom random = new(5, run);
            double[] values = [.. Enumerable.Range(0, clips).Select(_ => random.NextNormal() + 0.5)];
            MeanTest test = MeanTest.Of(values, [], 999, new KeyedRandom(6, run));
            ConfidenceInterval interval = test.Interval(0.95);
            Assert.That(interval.Low > 0 || interval.High < 0, Is.EqualTo(test.PValue < 0.05), $"{test.PValue} {interval}");
        }
    }

    [Test]
    public void GroupsOfTheSameSizeAreTheTestOfTheirMeans()
    {
        double[] values = [.. Enumerable.Range(0, 240).Select(i => Math.Sin(i) + (i / 4 % 7))];
        MeanTest clips = MeanTest.Of(values, [.. Enumerable.Range(0, 240).Select(i => i / 4)], 99, new KeyedRandom(1)),
            means = MeanTest.Of([.. values.Chunk(4).Select(chunk => chunk.Average())], [], 99, new KeyedRandom(1));
        Assert.Multiple(() =>
        {
            Assert.That(clips.PValue, Is.EqualTo(means.PValue).Within(1e-12));
            Assert.That(clips.Interval(0.95).High, Is.EqualTo(means.Interval(0.95).High).Within(1e-12));
            Assert.That(clips.Interval(0.95).Count, Is.EqualTo(240));
        });
    }

    [Test]
    public void DifferencesOfZeroGiveAPValueOfOneAndEqualOnesTheLeastThereIs()
    {
        Assert.Multiple(() =>
        {
            Assert.That(MeanTest.Of(new double[9], [], 999, new KeyedRandom(2)).PValue, Is.EqualTo(1));
            Assert.That(MeanTest.Of(Enumerable.Repeat(0.3, 9).ToArray(), [], 999, new KeyedRandom(2)).PValue, Is.Zero);
        });
    }

    [Test]
    public void EqualValuesHaveAnIntervalOfNoWidth()
    {
        ConfidenceInterval interval = MeanTest.Of([0.25, 0.25, 0.25, 0.25, 0.25, 0.25], [], 1000, new KeyedRandom(1)).Interval(0.95);
        Assert.That((interval.Low, interval.Mean, interval.High, interval.Count), Is.EqualTo((0.25, 0.25, 0.25, 6)));
    }

    [TestCase(0)]
    [TestCase(5)]
    public void FewValuesHaveNoIntervalAndNoTest(int clips)
    {
        MeanTest test = MeanTest.Of([.. Enumerable.Range(0, clips).Select(i => 0.1 * i)], [], 999, new KeyedRandom(1));
        ConfidenceInterval interval = test.Interval(0.95);
        Assert.Multiple(() =>
        {
            Assert.That((interval.Low, interval.High), Is.EqualTo((double.NaN, double.NaN)));
            Assert.That(test.PValue, Is.NaN);
            Assert.That(test.Detectable(0.05), Is.NaN);
        });
    }

    [TestCase(6, 0)]
    [TestCase(12, 0)]
    [TestCase(48, 0)]
    [TestCase(90, 9)]
    public void IntervalsHoldTheTrueMeanAsOftenAsTheySay(int clips, int groups)
    {
        const int Runs = 300;
        int held = 0;
        for (int run = 0; run < Runs; run++)
        {
            KeyedRandom random = new(11, clips, run);
            double[] shared = [.. Enumerable.Range(0, groups).Select(_ => 0.3 * random.NextNormal())];
            double[] values = [.. Enumerable.Range(0, clips).Select(clip => -Math.Log(1 - random.NextDouble()) + (groups > 0 ? shared[clip % groups] : 0))];
            ConfidenceInterval interval = MeanTest.Of(values, groups > 0 ? [.. Enumerable.Range(0, clips).Select(clip => clip % groups)] : [], 499, random).Interval(0.95);
            held += interval.Low <= 1 && interval.High >= 1 ? 1 : 0;
        }

        Assert.That((double)held / Runs, Is.GreaterThan(0.92 - 0.03), "92 % is promised, 3 % are two standard errors of 300 runs; exponential values");
    }

    [Test]
    public void AFallThatSaturatesHasNoIntervalFromFewClips()
    {
        double[] near = [.. Enumerable.Range(0, 12).Select(i => i == 3 ? 0.4 : 1 - (0.001 * i))];
        Assert.Multiple(() =>
        {
            Assert.That(MeanTest.Of(near, [], 999, new KeyedRandom(1)).BoundedInterval(0.95).Low, Is.NaN);
            Assert.That(MeanTest.Of([.. near, .. near, .. near], [], 999, new KeyedRandom(1)).BoundedInterval(0.95).Low, Is.InRange(0.8, 0.95));
            Assert.That(MeanTest.Of([.. near.Select(value => value / 2)], [], 999, new KeyedRandom(1)).BoundedInterval(0.95).Low, Is.LessThan(0.5), "wide, but an interval");
            Assert.That(MeanTest.Of([.. near.Select(value => 1 - value)], [], 999, new KeyedRandom(1)).BoundedInterval(0.95).Low, Is.NaN, "the other end");
        });
    }

    [Test]
    public void LogOddsAreThoseOfTheSoftmaxAndDoNotSaturate()
    {
        double[] exact = [.. new[] { 1.0, -2, 0.5 }.Select(Math.Exp)];
        Assert.Multiple(() =>
        {
            Assert.That(LogOdds.Of([1, -2, 0.5f], 0), Is.EqualTo(Math.Log(exact[0] / (exact[1] + exact[2]))).Within(1e-12));
            Assert.That(LogOdds.Of([80, 0], 0), Is.EqualTo(80).Within(1e-12));
            Assert.That(LogOdds.ToProbability(LogOdds.Of([1, -2, 0.5f], 2)), Is.EqualTo(exact[2] / exact.Sum()).Within(1e-12));
        });
    }
}
