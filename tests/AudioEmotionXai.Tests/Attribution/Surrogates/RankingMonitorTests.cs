using AudioEmotionXai.Attribution.Surrogates;

namespace AudioEmotionXai.Tests.Attribution.Surrogates;

public sealed class RankingMonitorTests
{
    [Test]
    public void ThreeLooksAtTheSameTopSettleIt()
    {
        RankingMonitor monitor = new(2, 1, null);
        Assert.That(monitor.HasSettled(Model([5, 1, 4, 0])), Is.False);
        Assert.That(monitor.HasSettled(Model([5, 1, -6, 0])), Is.False);
        Assert.That(monitor.HasSettled(Model([5, 1, 4, 0])), Is.True);
    }

    [Test]
    public void AChangeStartsTheCountAgain()
    {
        RankingMonitor monitor = new(1, 0, null);
        Assert.That(new[] { Model([3, 1]), Model([3, 1]), Model([1, 3]), Model([1, 3]), Model([1, 3]) }.Select(monitor.HasSettled), Is.EqualTo(new[] { false, false, false, false, true }));
    }

    [Test]
    public void ALeadWithinTheErrorDoesNotSettleIt()
    {
        RankingMonitor monitor = new(1, 1, null);
        for (int i = 0; i < 5; i++)
            Assert.That(monitor.HasSettled(Model([1.1, 1])), Is.False);
    }

    [Test]
    public void FewerFeaturesThanAskedForNeverSettle()
    {
        RankingMonitor monitor = new(2, 0, null);
        for (int i = 0; i < 5; i++)
            Assert.That(monitor.HasSettled(Model([1, 2])), Is.False);
    }

    private static LinearSurrogate Model(double[] coefficients)
    {
        int[] order = [.. Enumerable.Range(0, coefficients.Length).OrderByDescending(i => Math.Abs(coefficients[i]))];
        double[] errors = [.. coefficients.Select(_ => 0.1)];
        return new LinearSurrogate(coefficients, errors, order, 0, 0, 0);
    }
}
