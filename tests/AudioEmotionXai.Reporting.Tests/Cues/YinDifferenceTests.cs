namespace AudioEmotionXai.Reporting.Tests;

public sealed class YinDifferenceTests
{
    [TestCase(8000, 60, 600)]
    [TestCase(11025, 71.3, 433)]
    public void TheNormalisedDifferenceIsThatOfTheEquations(int rate, double lowest, double highest)
    {
        YinDifference yin = new(rate, new PitchOptions { MinimumHertz = lowest, MaximumHertz = highest });
        float[] samples = [.. TestSounds.Noise(3001).Zip(TestSounds.Tones(3001, rate, 173), (noise, tone) => (0.2f * noise) + tone)];
        yin.Measure(samples, 1501);
        int window = (int)Math.Ceiling(1.5 * rate / lowest);
        double[] expected = PlainYin.Normalised(PlainYin.Difference(samples, 1501, window, yin.Normalised.Length));
        Assert.That(yin.Normalised.ToArray(), Is.EqualTo(expected).Within(2e-5), "sums of some hundred squares in single precision");
    }

    [Test]
    public void AFrameReachesNoFurtherThanItsMargin()
    {
        YinDifference yin = new(8000, new PitchOptions());
        float[] samples = TestSounds.Noise(2 * yin.Margin);
        Assert.That(() => yin.Measure(samples, yin.Margin), Throws.Nothing);
    }

    [TestCase(100.0)]
    [TestCase(123.4)]
    [TestCase(441.7)]
    public void ADipLiesBetweenTheSamplesWhereThePeriodDoes(double hertz)
    {
        YinDifference yin = new(24000, new PitchOptions());
        yin.Measure(TestSounds.Tones(4001, 24000, hertz), 2000);
        List<PitchCandidate> dips = [];
        yin.AddDips(dips);
        PitchCandidate first = dips[0];
        Assert.That(24000 / first.Lag, Is.EqualTo(hertz).Within(0.0005).Percent.Or.EqualTo(hertz).Within(0.02));
        Assert.That(first.Cost, Is.LessThan(1e-3));
    }
}
