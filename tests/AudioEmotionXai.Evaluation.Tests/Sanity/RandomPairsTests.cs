namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>The floor of random pairs, by simulation and on cases that can be written down.</summary>
public sealed class RandomPairsTests
{
    [TestCase(3, 24, 0.0)]
    [TestCase(3, 24, 0.05)]
    [TestCase(5, 24, 0.02)]
    [TestCase(5, 6, 0.05)]
    [TestCase(8, 24, 0.05)]
    public void OneMoreRandomNetworkIsAboveTheLimitInAtMostOneCaseInTwenty(int networks, int clips, double spread)
    {
        // Similarity of i and j on a clip: 0.6 + u(i) + u(j) + clip + noise; network 0 plays the trained one
        Random random = new(networks + clips);
        int above = 0;
        const int Runs = 2000;
        for (int run = 0; run < Runs; run++)
        {
            double[] own = Draw(random, networks + 1, spread), ofClip = Draw(random, clips, 0.1);
            double[][,] similarity = [.. ofClip.Select(clip => Similarity(own, clip, random))];
            ConfidenceInterval floor = RandomPairs.Floor(
                (i, j) => [.. similarity.Select(clip => clip[i + 1, j + 1])], networks, clips, 0.95);
            double trained = Enumerable.Range(1, networks).Average(i => similarity.Average(clip => clip[0, i]));
            above += trained > floor.High ? 1 : 0;
        }

        // One-sided 2.5 %; 5 % allows for the approximation of the degrees of freedom and three standard errors of 2000 runs
        Assert.That(above / (double)Runs, Is.LessThan(0.05));
    }

    [Test]
    public void TheMeanIsThatOfAllPairsAndOneNetworkThatIsNotDefinedIsLeftOut()
    {
        double[,] values = { { 0, 0.38, 0.4, 0.3 }, { 0, 0, 0.42, 0.3 }, { 0, 0, 0, 0.3 } };
        ConfidenceInterval three = RandomPairs.Floor((i, j) => [values[i, j], values[i, j]], 3, 2, 0.95);
        ConfidenceInterval missing = RandomPairs.Floor((i, j) => j == 3 ? [double.NaN, double.NaN] : [values[i, j], values[i, j]], 4, 2, 0.95);
        Assert.That((three.Mean, missing.Mean), Is.EqualTo((0.4, 0.4)).Within(1e-12));
        // Leaving out one each: 0.42, 0.4, 0.38; jackknife 2/3 x 0.0008, times (3 + 1) / 4, two degrees of freedom: t 4.3027
        Assert.That(three.High - three.Mean, Is.EqualTo(4.3027 * Math.Sqrt(0.0008 * 2 / 3)).Within(1e-4));
    }

    [Test]
    public void WithoutThreeNetworksThatAreDefinedThereIsNoLimit() =>
        Assert.That(RandomPairs.Floor((i, j) => i == 0 && j == 1 ? [0.3, 0.4] : [double.NaN, double.NaN], 3, 2, 0.95).High, Is.NaN);

    [TestCase(SanityPlace.Head, 0.30, SanityVerdict.Passes)]
    [TestCase(SanityPlace.Head, 0.45, SanityVerdict.Partly)]
    [TestCase(SanityPlace.Head, 0.70, SanityVerdict.Flagged)]
    [TestCase(SanityPlace.OtherClass, 0.64, SanityVerdict.Partly)]
    [TestCase(SanityPlace.OtherClass, 0.66, SanityVerdict.Flagged)]
    [TestCase(SanityPlace.End, 0.36, SanityVerdict.Flagged)]
    [TestCase(SanityPlace.End, -0.4, SanityVerdict.Passes)]
    [TestCase(SanityPlace.End, double.NaN, SanityVerdict.NotDefined)]
    public void APlaceIsJudgedByRandomPairs(SanityPlace place, double similarity, SanityVerdict expected) =>
        Assert.That(SanityRule.Judge(place, similarity, new ConfidenceInterval(0.3, 0.25, 0.35, 24)), Is.EqualTo(expected));

    [Test]
    public void WhereRandomPairsSayNothingNothingPasses()
    {
        ConfidenceInterval uneven = new(0.5, 0, 1, 24), unknown = new(0.5, double.NaN, double.NaN, 24);
        Assert.Multiple(() =>
        {
            Assert.That(SanityRule.Judge(SanityPlace.End, 0.1, uneven), Is.EqualTo(SanityVerdict.NotDefined));
            Assert.That(SanityRule.Judge(SanityPlace.Head, 0.1, unknown), Is.EqualTo(SanityVerdict.NotDefined));
            Assert.That(SanityRule.Judge(SanityPlace.Head, 0.96, uneven), Is.EqualTo(SanityVerdict.Flagged), "the same picture");
        });
    }

    [Test]
    public void EntropyRisesFromOneCellToManyByItsOwnDefinition()
    {
        // 200 cells: one of them high (two bins, 199 and 1), and evenly from 0 to 199 (100 bins of 2)
        float[] single = new float[200], even = [.. Enumerable.Range(0, 200).Select(value => (float)value)];
        single[3] = 5;
        double low = -((199 / 200.0 * Math.Log(199 / 200.0)) + (1 / 200.0 * Math.Log(1 / 200.0)));
        Assert.Multiple(() =>
        {
            Assert.That(MapSimilarity.EntropyRise(single, even), Is.EqualTo((Math.Log(100) - low) / low).Within(1e-9));
            Assert.That(MapSimilarity.EntropyRise(even, new float[200]), Is.EqualTo(-1), "a constant map");
            Assert.That(MapSimilarity.EntropyRise(new float[200], even), Is.NaN);
        });
    }

    [Test]
    public void AMeanOfWhichLessThanHalfIsDefinedIsNotDefined()
    {
        Assert.That(MapSimilarity.Mean([0.2, double.NaN, 0.4, double.NaN]), Is.EqualTo(0.3).Within(1e-12));
        Assert.That(MapSimilarity.Mean([0.2, double.NaN, double.NaN]), Is.NaN);
    }

    private static double[] Draw(Random random, int count, double spread) =>
        [.. Enumerable.Range(0, count).Select(_ => spread * Normal(random))];

    private static double[,] Similarity(double[] own, double clip, Random random)
    {
        double[,] similarity = new double[own.Length, own.Length];
        for (int i = 0; i < own.Length; i++)
            for (int j = i + 1; j < own.Length; j++)
                similarity[i, j] = 0.6 + own[i] + own[j] + clip + (0.05 * Normal(random));
        return similarity;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
