namespace AudioEmotionXai.Reporting.Tests;

public sealed class AudibleMaskTests
{
    private static readonly LogMelOptions s_small = new() { SampleRate = 4000, Seconds = 0.2, FftSize = 64, HopLength = 16, MelBins = 9, MaximumFrequency = 2000 };

    public static IEnumerable<LogMelOptions> Variants()
    {
        yield return s_small;
        yield return s_small with { FftSize = 50, HopLength = 11 };
        yield return s_small with { FftSize = 37, HopLength = 9, MelBins = 5 };
        yield return s_small with { HopLength = 41 };
        yield return s_small with { Center = false };
        yield return s_small with { Center = false, HopLength = 29, Window = SpectrumWindow.HannSymmetric };
        yield return s_small with { Padding = SignalPadding.Reflect, MelScale = MelScale.Htk, MelNorm = MelNorm.None };
        yield return s_small with { MinimumFrequency = 300, MaximumFrequency = 1500.5 };
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(511)]
    [TestCase(5001)]
    [TestCase(47999)]
    [TestCase(72000)]
    [TestCase(100001)]
    public void AMaskOfOnesReturnsWhatTheModelHearsOfAClipOfAnyLength(int length)
    {
        AudibleMask audible = new();
        AudioClip clip = new(TestSounds.Noise(length), 24000);
        AudioClip sound = audible.Apply(clip, Constant(audible.Options, 1));
        Assert.That(sound.Samples.Length, Is.EqualTo(Math.Min(length, 72000)));
        Assert.That(TestSounds.SignalToNoise(clip.Samples.Span[..sound.Samples.Length], sound.Samples.Span), Is.GreaterThan(120));
    }

    [TestCaseSource(nameof(Variants))]
    public void AMaskOfOnesReturnsTheClipUnderEveryFrontEnd(LogMelOptions options)
    {
        AudioClip clip = new(TestSounds.Noise(777), options.SampleRate);
        AudioClip sound = new AudibleMask(options).Apply(clip, Constant(options, 1));
        Assert.That(TestSounds.SignalToNoise(clip.Samples.Span, sound.Samples.Span), Is.GreaterThan(110));
    }

    [Test]
    public void AStereoFileOfAnotherRateComesBackAsItsMonoMixAtTheModelsRate()
    {
        float[] left = TestSounds.Noise(44101, seed: 1), right = TestSounds.Noise(44101, seed: 2);
        byte[] data = [.. left.Zip(right).SelectMany(pair => new[] { pair.First, pair.Second }).SelectMany(x => WavBuilder.UInt16((short)(x * 32767) & 0xFFFF))];
        AudioClip clip = WavReader.Read(new MemoryStream(WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 2, 44100, 16)), WavBuilder.Chunk("data", data))), "stereo");
        AudibleMask audible = new();
        AudioClip sound = audible.Apply(clip, Constant(audible.Options, 1));
        Assert.That(sound.SampleRate, Is.EqualTo(24000));
        Assert.That(TestSounds.SignalToNoise(Resampler.Resample(clip, 24000).Samples.Span, sound.Samples.Span), Is.GreaterThan(120));
    }

    [Test]
    public void TheClipThatAMaskOfOnesReturnsKeepsSixtyDecibelsInA16BitFile()
    {
        AudibleMask audible = new();
        float[] quiet = [.. TestSounds.Noise(30001).Select(x => x * 0.1f)];
        using MemoryStream file = new();
        WavWriter.Write(file, audible.Apply(new AudioClip(quiet, 24000), Constant(audible.Options, 1)));
        file.Position = 0;
        Assert.That(TestSounds.SignalToNoise(quiet, WavReader.Read(file, "file").Samples.Span), Is.GreaterThan(60));
    }

    [Test]
    public void AMaskOfZerosIsSilence()
    {
        AudibleMask audible = new();
        AudioClip sound = audible.Apply(new AudioClip(TestSounds.Noise(30001), 24000), Constant(audible.Options, 0));
        Assert.That(sound.Samples.ToArray(), Has.Length.EqualTo(30001).And.All.Zero);
    }

    [TestCase(440, 3000)]
    [TestCase(3000, 440)]
    [TestCase(1000, 1500)]
    public void AMaskOnOneTonesBinsKeepsItAndRemovesTheOther(double kept, double removed)
    {
        AudibleMask audible = new();
        TimeFrequencyAxes axes = TimeFrequencyAxes.Of(audible.Options);
        TimeFrequencyMap mask = new(axes.Bins, axes.Frames);
        for (int bin = 0; bin < axes.Bins; bin++)
            if (Math.Abs(axes.HertzOf(bin) - kept) < 150)
                mask.Row(bin).Fill(1);
        float[] sound = audible.Apply(new AudioClip(TestSounds.Tones(60001, 24000, kept, removed), 24000), mask).Samples.ToArray();
        double[] level = [.. new[] { kept, removed }.Select(hertz => TestSounds.LevelAt(sound.AsSpan(2000, 48000), 24000, hertz) / 0.3)];
        TestContext.Out.WriteLine(FormattableString.Invariant($"kept {20 * Math.Log10(level[0]):0.000} dB, removed {20 * Math.Log10(level[1]):0.0} dB"));
        Assert.That(20 * Math.Log10(level[0]), Is.EqualTo(0).Within(0.1));
        Assert.That(20 * Math.Log10(level[1]), Is.LessThan(-40));
    }

    [Test]
    public void AMaskOverSomeFramesLeavesTheTimeOutsideSilent()
    {
        AudibleMask audible = new();
        TimeFrequencyMap mask = new(128, 141);
        for (int bin = 0; bin < 128; bin++)
            mask.Row(bin)[40..60].Fill(1);
        float[] sound = audible.Apply(new AudioClip(TestSounds.Noise(72000), 24000), mask).Samples.ToArray();
        Assert.That(sound.AsSpan(0, (39 * 512) - 1024).ToArray(), Is.All.Zero);
        Assert.That(sound.AsSpan((60 * 512) + 1024).ToArray(), Is.All.Zero);
        Assert.That(sound.AsSpan(45 * 512, 10 * 512).ToArray(), Is.EqualTo(TestSounds.Noise(72000).AsSpan(45 * 512, 10 * 512).ToArray()).Within(1e-5));
    }

    [TestCaseSource(nameof(Variants))]
    public void TheSoundsOfAMaskAndOfItsComplementAddUpToTheClip(LogMelOptions options)
    {
        AudibleMask audible = new(options);
        AudioClip clip = new(TestSounds.Noise(601), options.SampleRate);
        TimeFrequencyMap mask = Blocks(options), rest = mask.Clone();
        foreach (ref float value in rest.Span)
            value = 1 - value;
        float[] part = audible.Apply(clip, mask).Samples.ToArray(), others = audible.Apply(clip, rest).Samples.ToArray();
        Assert.That(part.Zip(others, (a, b) => a + b), Is.EqualTo(clip.Samples.ToArray()).Within(1e-6));
    }

    [TestCaseSource(nameof(Variants))]
    public void TheFastSoundIsTheOneThatTheDefinitionGives(LogMelOptions options)
    {
        float[] samples = TestSounds.Noise(601);
        TimeFrequencyMap mask = Blocks(options);
        double[] expected = PlainMaskedSound.Apply(samples, mask, options);
        float[] found = new AudibleMask(options).Apply(new AudioClip(samples, options.SampleRate), mask).Samples.ToArray();
        Assert.That(found.Select(x => (double)x), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void ValuesBeyondZeroAndOneCountAsThose()
    {
        AudibleMask audible = new(s_small);
        AudioClip clip = new(TestSounds.Noise(500), 4000);
        TimeFrequencyMap loud = Blocks(s_small);
        foreach (ref float value in loud.Span)
            value = value > 0.5f ? 7 : float.NegativeInfinity;
        TimeFrequencyMap plain = Blocks(s_small);
        foreach (ref float value in plain.Span)
            value = value > 0.5f ? 1 : 0;
        Assert.That(audible.Apply(clip, loud).Samples.ToArray(), Is.EqualTo(audible.Apply(clip, plain).Samples.ToArray()));
    }

    [Test]
    public void AMaskThatDoesNotFitIsRefusedWithItsSize()
    {
        AudibleMask audible = new(s_small);
        AudioClip clip = new(new float[10], 4000);
        TimeFrequencyMap holed = Constant(s_small, 1);
        holed[3, 5] = float.NaN;
        Assert.That(() => audible.Apply(clip, new TimeFrequencyMap(9, 50)), Throws.ArgumentException.With.Message.Contains("9 bins x 50 frames; the front end's maps are 9 x 51"));
        Assert.That(() => audible.Apply(clip, holed), Throws.ArgumentException.With.Message.Contains("Bin 3, frame 5"));
    }

    [Test]
    public void ManyThreadsMayShareOne()
    {
        AudibleMask audible = new(s_small);
        AudioClip clip = new(TestSounds.Noise(700), 4000);
        float[] expected = audible.Apply(clip, Blocks(s_small)).Samples.ToArray();
        Parallel.For(0, 8, _ => Assert.That(audible.Apply(clip, Blocks(s_small)).Samples.ToArray(), Is.EqualTo(expected)));
    }

    private static TimeFrequencyMap Constant(LogMelOptions options, float value)
    {
        TimeFrequencyMap mask = new(options.MelBins, options.FrameCount);
        mask.Span.Fill(value);
        return mask;
    }

    /// <summary>Blocks of ones and zeros, and a few values between.</summary>
    private static TimeFrequencyMap Blocks(LogMelOptions options)
    {
        TimeFrequencyMap mask = new(options.MelBins, options.FrameCount);
        for (int bin = 0; bin < mask.Bins; bin++)
            for (int frame = 0; frame < mask.Frames; frame++)
                mask[bin, frame] = frame % 7 == 6 ? 0.25f : ((bin / 2) + (frame / 3)) % 2;
        return mask;
    }
}
