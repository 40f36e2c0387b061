namespace AudioEmotionXai.Reporting.Tests;

/// <summary>When the word "survives" is given: ranks by hand, and how often chance alone gives it.</summary>
public sealed class RoundTripTests
{
    [Test]
    public void ARankThatIsTheBestOf20SurvivesAndTheSecondBestDoesNot()
    {
        double[] randoms = [.. Enumerable.Range(1, 19).Select(draw => 0.5 + (0.01 * draw))];
        RoundTrip first = Trip(0.505, randoms), second = Trip(0.515, randoms), tied = Trip(0.51, randoms);
        Assert.Multiple(() =>
        {
            Assert.That((first.Rank, first.RankP, first.Survives), Is.EqualTo((1, 0.05, (bool?)true)));
            Assert.That((second.Rank, second.RankP, second.Survives), Is.EqualTo((2, 0.1, (bool?)false)));
            Assert.That((tied.Rank, tied.Survives), Is.EqualTo((2, (bool?)false)), "a tie counts against the part");
        });
    }

    [TestCase(19, 1)]
    [TestCase(38, 1)]
    [TestCase(39, 2)]
    [TestCase(99, 5)]
    public void MoreDrawsAllowTheRanksThatHaveThatP(int draws, int worst)
    {
        double[] randoms = [.. Enumerable.Range(1, draws).Select(draw => (double)draw / (draws + 1))];
        Assert.That(Trip((worst - 0.5) / (draws + 1), randoms).Survives, Is.True, $"rank {worst} of {draws + 1}");
        Assert.That(Trip((worst + 0.5) / (draws + 1), randoms).Survives, Is.False, $"rank {worst + 1} of {draws + 1}");
    }

    [Test]
    public void WithFewerThan19DrawsTheWordIsNotGiven() =>
        Assert.That(Trip(0.1, [.. Enumerable.Repeat(0.8, 18)]).Survives, Is.Null);

    [Test]
    public void AProbabilityThatRisesDoesNotSurviveHoweverMuchItRisesElsewhere() =>
        Assert.That(Trip(0.95, [.. Enumerable.Repeat(0.99, 19)]).Survives, Is.False);

    [Test]
    public void TheEffectIsTheLeadOverTheMedianDrawAndTheDistanceFromTheirMeanInStandardDeviations()
    {
        RoundTrip trip = Trip(0.2, [0.8, 0.5, 0.6]);
        Assert.Multiple(() =>
        {
            Assert.That(trip.RandomDrop, Is.EqualTo(0.3).Within(1e-12), "0.9 less the median 0.6");
            Assert.That(trip.Lead, Is.EqualTo(0.4).Within(1e-12));
            // Mean 1.9/3; squares (0.1667² + 0.1333² + 0.0333²) / 2 = 0.02333; (0.6333 - 0.2) / 0.15275
            Assert.That(trip.EffectSize, Is.EqualTo(2.8368).Within(1e-4));
            Assert.That(Trip(0.2, [0.8]).EffectSize, Is.Null);
            Assert.That(Trip(0.2, [0.8, 0.8]).EffectSize, Is.Null);
        });
    }

    /// <summary>A part that is one more draw: with 20000 trials the share has a standard error of 0.0015, and three of them are
    /// allowed.</summary>
    [TestCase("normal", 19)]
    [TestCase("exponential", 19)]
    [TestCase("log-normal", 19)]
    [TestCase("exponential", 30)]
    [TestCase("log-normal", 39)]
    public void APartThatMeansNothingSurvivesInAtMostOneCaseOf20(string distribution, int draws)
    {
        const int trials = 20_000;
        const double allowed = 3 * 0.0015;
        NumPyRandom random = new(7);
        int survived = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            // Falls of a probability of 1, exchangeable; the first is the important part's
            double[] left = [.. Enumerable.Range(0, draws + 1).Select(_ => 1 - (0.01 * Draw(distribution, random)))];
            survived += new RoundTrip(1, 1, left[0], left[1..], true).Survives == true ? 1 : 0;
        }

        // The reachable level: the best of 31 has 1/31
        double level = Math.Floor((draws + 1) / 20.0) / (draws + 1);
        double share = (double)survived / trials;
        Assert.That(share, Is.LessThanOrEqualTo(0.05 + allowed));
        Assert.That(share, Is.EqualTo(level).Within(allowed), "and the test is not emptier than its level: the largest of 20 normal falls is hardly ever below 0");
    }

    private static double Draw(string distribution, NumPyRandom random) => distribution switch
    {
        "exponential" => -Math.Log(1 - random.NextDouble()),
        "log-normal" => Math.Exp(random.Normal()),
        _ => random.Normal(),
    };

    private static RoundTrip Trip(double withoutImportant, double[] withoutRandom) =>
        new(0.9, 0.9, withoutImportant, withoutRandom, KeepsDecision: true);
}
