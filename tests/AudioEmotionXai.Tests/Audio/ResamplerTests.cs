namespace AudioEmotionXai.Tests;

public sealed class ResamplerTests
{
    [TestCase(44100, 24000)]
    [TestCase(48000, 24000)]
    [TestCase(16000, 24000)]
    [TestCase(8000, 24000)]
    [TestCase(22051, 24000)]
    [TestCase(24000, 8000)]
    public void ASineInThePassbandKeepsItsLevelAndPhase(int from, int to)
    {
        foreach (double share in new[] { 0.01, 0.3, 0.88 })
        {
            double frequency = share * Math.Min(from, to) / 2;
            AudioClip clip = Resampler.Resample(Sine(frequency, from, from / 5), to);
            Assert.That(WorstMiddle(clip, i => Math.Sin(2 * Math.PI * frequency * i / to)), Is.LessThan(2e-4), $"{frequency} Hz");
        }
    }

    [TestCase(44100, 24000)]
    [TestCase(48000, 16000)]
    public void ASineAboveTheNewHalfRateIsGone(int from, int to)
    {
        foreach (double share in new[] { 1.01, 1.2, 1.8 })
            Assert.That(WorstMiddle(Resampler.Resample(Sine(share * to / 2, from, from / 5), to), _ => 0), Is.LessThan(1e-4), $"{share}");
    }

    [Test]
    public void AConstantStaysConstant()
    {
        float[] ones = new float[6000];
        Array.Fill(ones, 0.5f);
        Assert.That(WorstMiddle(Resampler.Resample(new AudioClip(ones, 44100), 24000), _ => 0.5), Is.LessThan(1e-6));
    }

    [TestCase(44100, 24000, 44101, 24001)]
    [TestCase(8000, 24000, 10, 30)]
    [TestCase(24000, 24000, 17, 17)]
    [TestCase(48000, 24000, 1, 1)]
    [TestCase(48000, 24000, 0, 0)]
    public void TheLengthIsTheRatioRoundedUp(int from, int to, int samples, int expected)
    {
        AudioClip clip = Resampler.Resample(new AudioClip(new float[samples], from), to);
        Assert.That(clip.Samples.Length, Is.EqualTo(expected));
        Assert.That(clip.SampleRate, Is.EqualTo(to));
    }

    private static AudioClip Sine(double frequency, int rate, int samples) =>
        new(Enumerable.Range(0, samples).Select(i => (float)Math.Sin(2 * Math.PI * frequency * i / rate)).ToArray(), rate);

    private static double WorstMiddle(AudioClip clip, Func<int, double> expected)
    {
        double worst = 0;
        ReadOnlySpan<float> samples = clip.Samples.Span;
        for (int i = samples.Length / 4; i < samples.Length * 3 / 4; i++)
            worst = Math.Max(worst, Math.Abs(samples[i] - expected(i)));
        return worst;
    }
}
