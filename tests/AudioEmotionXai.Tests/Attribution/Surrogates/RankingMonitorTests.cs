namespace AudioEmotionXai.Tests;

public sealed class RankingMonitorTests
{
    private const int Never = int.MaxValue;

    [Test]
    public void ThreeLooksAtTheSameTopSettleIt()
    {
        RankingMonitor monitor = new(2, 1, Never);
        Assert.That(monitor.Look(Model([5, 1, 4, 0]), 100), Is.EqualTo(LimeEnd.AllSamples));
        Assert.That(monitor.Look(Model([5, 1, -6, 0]), 200), Is.EqualTo(LimeEnd.AllSamples));
        Assert.That(monitor.Look(Model([5, 1, 4, 0]), 300), Is.EqualTo(LimeEnd.StableRanking));
    }

    [Test]
    public void AChangeStartsTheCountAgain()
    {
        RankingMonitor monitor = new(1, 0, Never);
        Assert.That(new[] { Model([3, 1]), Model([3, 1]), Model([1, 3]), Model([1, 3]), Model([1, 3]) }.Select(model => monitor.Look(model, 100) == LimeEnd.StableRanking), Is.EqualTo(new[] { false, false, false, false, true }));
    }

    [Test]
    public void ALeadWithinTheErrorDoesNotSettleIt()
    {
        RankingMonitor monitor = new(1, 1, Never);
        for (int i = 0; i < 5; i++)
            Assert.That(monitor.Look(Model([1.1, 1]), 100), Is.EqualTo(LimeEnd.AllSamples));
    }

    [Test]
    public void ALeadWithinTheErrorIsATieOnceTheSamplesForTellingThemApartAreUsed()
    {
        RankingMonitor monitor = new(1, 1, 400);
        Assert.That(monitor.Look(Model([1.1, 1]), 399), Is.EqualTo(LimeEnd.AllSamples));
        Assert.That(monitor.Look(Model([1.1, 1]), 400), Is.EqualTo(LimeEnd.TiedRanking));
    }

    [Test]
    public void TiesAreTheSegmentsOnBothSidesOfTheBorderThatAreWithinTheErrorOfIt()
    {
        // Errors of 0.1 each: differences below 0.212 are within one and a half standard errors
        LinearSurrogate model = Model([2, -1.1, 0.2, 1.05, 0.98, 1.3]);
        Assert.Multiple(() =>
        {
            Assert.That(model.Ties(3), Is.EqualTo(new[] { 1, 3, 4 }));
            Assert.That(model.Ties(1), Is.Empty);
            Assert.That(model.Ties(3, 2), Is.EqualTo(new[] { 5, 1, 3, 4 }));
            Assert.That(model.Ties(6), Is.Empty);
            Assert.That(() => model.Ties(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    [Test]
    public void FewerFeaturesThanAskedForNeverSettle()
    {
        RankingMonitor monitor = new(2, 0, Never);
        for (int i = 0; i < 5; i++)
            Assert.That(monitor.Look(Model([1, 2]), 100), Is.EqualTo(LimeEnd.AllSamples));
    }

    private static LinearSurrogate Model(double[] coefficients)
    {
        int[] order = [.. Enumerable.Range(0, coefficients.Length).OrderByDescending(i => Math.Abs(coefficients[i]))];
        double[] errors = [.. coefficients.Select(_ => 0.1)];
        return new LinearSurrogate(coefficients, errors, order, 0, 0, 0);
    }
}
