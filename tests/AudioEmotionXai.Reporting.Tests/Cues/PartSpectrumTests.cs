namespace AudioEmotionXai.Reporting.Tests;

public sealed class PartSpectrumTests
{
    [TestCase(0)]
    [TestCase(-3)]
    [TestCase(-6)]
    [TestCase(-12)]
    public void ThePowerLawsSlopeIsTheTilt(double slope)
    {
        PartSpectrum spectrum = new(1025, 24000 / 2048.0);
        double[] power = [.. Enumerable.Range(0, 1025).Select(k => Math.Pow(Math.Max(k, 1), slope / (10 * Math.Log10(2))))];
        spectrum.Add(power, Enumerable.Repeat(1.0, 1025).ToArray());
        Assert.That(spectrum.Tilt(), Is.EqualTo(slope).Within(0.02));
    }

    [TestCase(90)]
    [TestCase(200)]
    [TestCase(333)]
    public void TheLinesOfAHarmonicSourceHaveTheTiltOfTheirLevels(double pitch)
    {
        // Harmonics that fall by 6 dB an octave
        double[] signal = new double[72000];
        for (int n = 1; n * pitch < 11000; n++)
            for (int i = 0; i < signal.Length; i++)
                signal[i] += 0.1 / n * Math.Sin((2 * Math.PI * n * pitch * i / 24000) + (n * n));
        CueReport report = new CueAnalyzer().Analyze(new AudioClip(Array.ConvertAll(signal, x => (float)x), 24000), All());
        TestContext.Out.WriteLine(report.Important.Tilt);
        Assert.That(report.Important.Tilt, Is.EqualTo(-6.02).Within(0.4), "bands hold a few lines each, sometimes one more");
    }

    [Test]
    public void WhiteNoiseIsFlatAndItsCentroidInTheMiddle()
    {
        CueReport report = new CueAnalyzer().Analyze(new AudioClip(TestSounds.Noise(72000), 24000), All());
        Assert.That(report.Important.Tilt, Is.EqualTo(0).Within(0.3));
        Assert.That(report.Important.Centroid, Is.EqualTo(6000).Within(2).Percent);
    }

    [Test]
    public void TheCentroidIsThePowersMeanFrequency()
    {
        PartSpectrum spectrum = new(5, 100);
        spectrum.Add([0, 3, 0, 0, 1], [1, 1, 1, 1, 1]);
        spectrum.Add([0, 0, 9, 0, 8], [1, 1, 0, 1, 0.25]);
        Assert.That(spectrum.Centroid(), Is.EqualTo((300 + 400 + 800) / 6.0).Within(1e-12));
        Assert.That(spectrum.Tilt(), Is.Null, "ends below 500 Hz");
    }

    [Test]
    public void ABandOfLessThanAnOctaveHasNoTilt()
    {
        PartSpectrum spectrum = new(1025, 24000 / 2048.0);
        spectrum.Add(Enumerable.Repeat(1.0, 1025).ToArray(), [.. Enumerable.Range(0, 1025).Select(k => k is > 80 and < 95 ? 1.0 : 0)]);
        Assert.That(spectrum.Tilt(), Is.Null);
    }

    private static TimeFrequencyMask All()
    {
        TimeFrequencyMask mask = new(128, 141);
        mask.Span.Fill(true);
        return mask;
    }
}
