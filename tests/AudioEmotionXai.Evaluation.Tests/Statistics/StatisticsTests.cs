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
    public void TheSignFlipTestAgreesWithCountingAllPatterns()
    {
        double[] differences = [0.4, -0.1, 0.7, 0.2, -0.3, 0.9, 0.05, 0.6];
        double observed = Math.Abs(differences.Sum());
        int asLarge = 0;
        for (int pattern = 0; pattern < 256; pattern++)
            asLarge += Math.Abs(differences.Select((d, i) => (pattern >> i & 1) == 0 ? d : -d).Sum()) >= observed - 1e-12 ? 1 : 0;
        Assert.That(PermutationTest.SignFlip(differences, 100_000, new KeyedRandom(2)), Is.EqualTo(asLarge / 256.0).Within(0.004));
    }

    [Test]
    public void DifferencesOfZeroGiveAPValueOfOne() =>
        Assert.That(PermutationTest.SignFlip(new double[9], 999, new KeyedRandom(2)), Is.EqualTo(1));

    [Test]
    public void RelabellingAgreesWithCountingAllLabellings()
    {
        double[][] clips = [[3, 1, 2], [5, 4, 6], [2, 0, 1], [7, 7, 3]];
        double observed = clips.Sum(draws => draws[0]);
        int asLarge = 0;
        for (int labelling = 0; labelling < 81; labelling++)
        {
            double sum = 0;
            for (int clip = 0, rest = labelling; clip < 4; clip++, rest /= 3)
                sum += clips[clip][rest % 3];
            asLarge += sum >= observed ? 1 : 0;
        }

        Assert.That(PermutationTest.Relabel(clips, 100_000, new KeyedRandom(8)), Is.EqualTo(asLarge / 81.0).Within(0.005));
    }

    [Test]
    public void NoClipsGiveNoPValueAndNoMean()
    {
        Assert.Multiple(() =>
        {
            Assert.That(PermutationTest.Relabel([], 999, new KeyedRandom(1)), Is.NaN);
            Assert.That(PermutationTest.SignFlip([], 999, new KeyedRandom(1)), Is.NaN);
            Assert.That(Bootstrap.MeanInterval([], 0.95, 1000, new KeyedRandom(1)).Mean, Is.NaN);
        });
    }

    [Test]
    public void EqualValuesHaveAnIntervalOfNoWidth()
    {
        ConfidenceInterval interval = Bootstrap.MeanInterval([0.25, 0.25, 0.25, 0.25, 0.25, 0.25], 0.95, 1000, new KeyedRandom(1));
        Assert.That((interval.Low, interval.Mean, interval.High, interval.Count), Is.EqualTo((0.25, 0.25, 0.25, 6)));
    }

    [Test]
    public void FewValuesHaveAMeanButNoInterval()
    {
        ConfidenceInterval interval = Bootstrap.MeanInterval([0.1, 0.2, 0.3], 0.95, 1000, new KeyedRandom(1));
        Assert.Multiple(() =>
        {
            Assert.That(interval.Mean, Is.EqualTo(0.2).Within(1e-12));
            Assert.That((interval.Low, interval.High), Is.EqualTo((double.NaN, double.NaN)));
        });
    }

    [Test]
    public void IntervalsCoverTheTrueMeanAboutAsOftenAsTheySay()
    {
        int covered = 0;
        for (int run = 0; run < 400; run++)
        {
            KeyedRandom random = new(77, run);
            double[] values = [.. Enumerable.Range(0, 40).Select(_ => -Math.Log(1 - random.NextDouble()))];
            ConfidenceInterval interval = Bootstrap.MeanInterval(values, 0.95, 600, new KeyedRandom(78, run));
            covered += interval.Low <= 1 && interval.High >= 1 ? 1 : 0;
        }

        Assert.That(covered / 400.0, Is.InRange(0.90, 0.98), "exponential values, 40 a run");
    }

    [Test]
    public void TheIntervalLeansTowardsTheLongTail()
    {
        KeyedRandom random = new(3);
        double[] values = [.. Enumerable.Range(0, 30).Select(_ => -Math.Log(1 - random.NextDouble()))];
        ConfidenceInterval interval = Bootstrap.MeanInterval(values, 0.95, 4000, new KeyedRandom(4));
        Assert.That(interval.High - interval.Mean, Is.GreaterThan(1.1 * (interval.Mean - interval.Low)));
    }
}
