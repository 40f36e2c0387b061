namespace AudioEmotionXai.Reporting.Tests;

public sealed class PitchAutocorrelationTests
{
    [TestCase(8000, 60, 600)]
    [TestCase(11025, 71.3, 433)]
    public void TheCorrelationIsThatOfTheEquations(int rate, double lowest, double highest)
    {
        PitchAutocorrelation frame = new(rate, new PitchOptions { MinimumHertz = lowest, MaximumHertz = highest });
        float[] samples = [.. TestSounds.Noise(3001).Zip(TestSounds.Tones(3001, rate, 173), (noise, tone) => (0.2f * noise) + tone + 0.1f)];
        frame.Measure(samples, 1501);
        double[] expected = PlainAutocorrelation.Of(samples, 1501, 2 * frame.Margin, (int)Math.Ceiling(rate / lowest), frame.Correlation.Length);
        Assert.That(frame.Correlation.ToArray(), Is.EqualTo(expected).Within(1e-6), "samples less their mean have single precision");
    }

    [Test]
    public void AFrameReachesNoFurtherThanItsMargin()
    {
        PitchAutocorrelation frame = new(8000, new PitchOptions());
        Assert.That(() => frame.Measure(TestSounds.Noise(2 * frame.Margin), frame.Margin), Throws.Nothing);
        Assert.That(2 * frame.Margin, Is.EqualTo(3 * 8000 / 60.0).Within(1), "three of the longest periods");
    }

    [TestCase(100.0)]
    [TestCase(123.4)]
    [TestCase(441.7)]
    public void APeakLiesBetweenTheSamplesWhereThePeriodDoesAndIsOne(double hertz)
    {
        PitchAutocorrelation frame = new(24000, new PitchOptions());
        frame.Measure(TestSounds.Tones(4001, 24000, hertz), 2000);
        List<PitchCandidate> peaks = [];
        frame.AddPeaks(0.2, peaks);
        Assert.That(24000 / peaks[0].Lag, Is.EqualTo(hertz).Within(0.1).Percent);
        Assert.That(peaks[0].Cost, Is.EqualTo(-1).Within(2e-3));
    }
}
