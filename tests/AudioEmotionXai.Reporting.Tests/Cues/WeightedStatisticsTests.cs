namespace AudioEmotionXai.Reporting.Tests;

public sealed class WeightedStatisticsTests
{
    [Test]
    public void AWholeWeightIsThatManyEqualValues()
    {
        double[] values = [5, 1, 9], weights = [3, 1, 1];
        Assert.That(WeightedStatistics.Quantile(values, weights, 0.5), Is.EqualTo(5));
        Assert.That(values, Is.EqualTo(new double[] { 5, 1, 9 }), "the input stays as it is");
    }

    [Test]
    public void QuantilesOfEqualWeightsLieBetweenTheValues()
    {
        double[] values = [4, 2, 3, 1], ones = [1, 1, 1, 1];
        Assert.That(WeightedStatistics.Quantile(values, ones, 0.5), Is.EqualTo(2.5));
        Assert.That(WeightedStatistics.Quantile(values, ones, 0), Is.EqualTo(1));
        Assert.That(WeightedStatistics.Quantile(values, ones, 1), Is.EqualTo(4));
        Assert.That(WeightedStatistics.Quantile(values, [0, 1, 0, 1], 0.5), Is.EqualTo(1.5), "values of no weight do not count");
    }

    [Test]
    public void TheSlopeIsTheLinesAndWeightsChooseAmongPoints()
    {
        Assert.That(WeightedStatistics.Slope([0, 1, 2, 5], [1, 3, 5, 11], [1, 2, 3, 4]), Is.EqualTo(2).Within(1e-12));
        Assert.That(WeightedStatistics.Slope([0, 1, 2, 5], [1, 3, 5, -40], [1, 1, 1, 0]), Is.EqualTo(2).Within(1e-12));
        Assert.That(WeightedStatistics.Slope([3, 3], [1, 2], [1, 1]), Is.Null);
        Assert.That(WeightedStatistics.Slope([1, 2], [1, 2], [0, 0]), Is.Null);
    }
}
