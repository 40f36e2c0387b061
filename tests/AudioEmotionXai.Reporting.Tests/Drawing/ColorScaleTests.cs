namespace AudioEmotionXai.Reporting.Tests;

public sealed class ColorScaleTests
{
    [Test]
    public void ASignedMapIsDrawnSymmetricallyAboutZero()
    {
        ColorScale scale = ColorScale.ForRelevance(new TimeFrequencyMap(new float[] { -1, 0, 4 }, 1, 3), isRobust: false);
        Assert.Multiple(() =>
        {
            Assert.That(scale.Map, Is.SameAs(ColorMap.Diverging));
            Assert.That((scale.Low, scale.High), Is.EqualTo((-4f, 4f)));
            Assert.That(scale.PositionOf(0), Is.EqualTo(0.5));
        });
    }

    [Test]
    public void AMapWithoutNegativeCellsStartsAtZero()
    {
        ColorScale scale = ColorScale.ForRelevance(new TimeFrequencyMap(new float[] { 2, 3, 4 }, 1, 3), isRobust: false);
        Assert.That((scale.Map, scale.Low, scale.High), Is.EqualTo((ColorMap.Sequential, 0f, 4f)));
    }

    [Test]
    public void CellsBeyondARobustScaleAreCounted()
    {
        float[] values = Enumerable.Range(0, 1001).Select(i => i - 500f).ToArray();
        values[3] = 1e6f;
        values[4] = -1e6f;
        ColorScale scale = ColorScale.ForRelevance(new TimeFrequencyMap(values, 7, 143));
        Assert.Multiple(() =>
        {
            Assert.That(scale.High, Is.LessThan(600));
            Assert.That(scale.Above, Is.EqualTo(values.Count(value => value > scale.High)).And.GreaterThanOrEqualTo(1));
            Assert.That(scale.Below, Is.EqualTo(values.Count(value => value < scale.Low)).And.GreaterThanOrEqualTo(1));
        });
    }

    [Test]
    public void ACellThatIsNotFiniteHasAColourOfItsOwn()
    {
        ColorScale scale = ColorScale.ForRelevance(new TimeFrequencyMap(new float[] { 1, float.NaN, float.PositiveInfinity }, 1, 3));
        Assert.Multiple(() =>
        {
            Assert.That(scale.NotFinite, Is.EqualTo(2));
            Assert.That(scale.IndexOf(float.NaN), Is.EqualTo(ColorMap.Size));
            Assert.That(scale.High, Is.EqualTo(1));
        });
    }

    [Test]
    public void AMapOfZerosTakesTheLowestColour()
    {
        ColorScale scale = ColorScale.ForRelevance(new TimeFrequencyMap(3, 5));
        Assert.That(scale.IndexOf(0), Is.Zero);
    }

    [Test]
    public void AMapThatIsZeroNearlyEverywhereSpansItsLargestCell()
    {
        TimeFrequencyMap map = new(40, 50) { [3, 4] = 2 };
        Assert.That(ColorScale.ForRelevance(map).High, Is.EqualTo(2));
    }
}
