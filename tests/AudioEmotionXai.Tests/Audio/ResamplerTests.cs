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

    [TestCase(22051, 24000, 400)]
    [TestCase(999_983, 24000, 30)]
    [TestCase(1_000_000, 4001, 12)]
    [TestCase(1009, 1_000_000, 3000)]
    public void RatesWithoutACommonDivisorAreInterpolatedAsExactlyAsAllOthers(int from, int to, int samples)
    {
        float[] noise = TestSounds.Noise((int)Resampler.SamplesFor(samples, from, to));
        ReadOnlySpan<float> fast = Resampler.Resample(new AudioClip(noise, from), to, samples, default).Samples.Span;
        Assert.That(fast.Length, Is.EqualTo(samples));
        for (int i = 0; i < samples; i++)
            Assert.That(fast[i], Is.EqualTo(Plain(noise, from, to, i)).Within(2e-6), $"sample {i}: float32 sums of up to 10^5 taps");
    }

    [TestCase(44100, 24000)]
    [TestCase(22051, 24000)]
    [TestCase(8000, 24000)]
    [TestCase(24000, 24000)]
    public void TheFirstSamplesAreThoseOfTheWhole(int from, int to)
    {
        float[] noise = TestSounds.Noise(from / 2);
        float[] whole = Resampler.Resample(new AudioClip(noise, from), to).Samples.ToArray();
        const int Most = 1234;
        long needed = Resampler.SamplesFor(Most, from, to);
        Assert.That(needed, Is.LessThan(noise.Length));
        float[] first = Resampler.Resample(new AudioClip(noise, from), to, Most, default).Samples.ToArray();
        float[] less = Resampler.Resample(new AudioClip(noise.AsMemory(0, (int)needed), from), to, Most, default).Samples.ToArray();
        Assert.That(first, Is.EqualTo(whole[..Most]));
        Assert.That(less, Is.EqualTo(first));
    }

    [Test]
    public void RatesOutOfRangeAreRefused([Values(-1, 0, 1, 999, 1_000_001, int.MaxValue)] int rate)
    {
        Assert.That(() => new AudioClip(new float[5], rate), Throws.ArgumentException.With.Message.Contains("1000 to 1000000 Hz"));
        Assert.That(() => Resampler.Resample(new AudioClip(new float[5], 8000), rate), Throws.ArgumentException.With.Message.Contains("1000 to 1000000 Hz"));
        Assert.That(() => new LogMelExtractor(new LogMelOptions { SampleRate = rate }), Throws.ArgumentException.With.Message.Contains("1000 to 1000000 Hz"));
    }

    [Test]
    public void ResamplingIsCancelled() => Assert.That(
        () => Resampler.Resample(new AudioClip(new float[50_000], 8000), 24000, int.MaxValue, new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    /// <summary>One sample of the Kaiser-windowed sinc, tap by tap in double precision.</summary>
    private static double Plain(float[] source, int from, int to, int index)
    {
        double scale = 0.95 * Math.Min(1, (double)to / from), position = (double)((long)index * from) / to, sum = 0, weights = 0;
        int reach = (int)Math.Ceiling(64 / scale);
        for (int tap = (int)Math.Floor(position) - reach + 1; tap <= (int)Math.Floor(position) + reach; tap++)
        {
            double x = (tap - position) * scale;
            if (Math.Abs(x) >= 64)
                continue;
            double weight = (x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x)) * Bessel(10 * Math.Sqrt(1 - (x / 64 * x / 64))) / Bessel(10);
            weights += weight;
            sum += tap >= 0 && tap < source.Length ? weight * source[tap] : 0;
        }

        return sum / weights;
    }

    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (int k = 1; k < 60; k++)
            sum += term *= x * x / 4 / k / k;
        return sum;
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
