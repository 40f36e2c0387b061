namespace AudioEmotionXai.Tests;

public sealed class LogMelExtractorTests
{
    private static readonly LogMelOptions s_small = new()
    {
        SampleRate = 4000,
        Seconds = 0.4,
        FftSize = 128,
        HopLength = 37,
        MelBins = 11,
        MaximumFrequency = 2000,
    };

    public static IEnumerable<LogMelOptions> Variants()
    {
        yield return s_small;
        yield return s_small with { FftSize = 256, Window = SpectrumWindow.HannSymmetric };
        yield return s_small with { FftSize = 100, HopLength = 25 };
        yield return s_small with { FftSize = 4, HopLength = 3, MelBins = 1 };
        yield return s_small with { Center = false };
        yield return s_small with { Padding = SignalPadding.Reflect };
        yield return s_small with { Power = 1, TopDecibels = null };
        yield return s_small with { MelScale = MelScale.Htk, MelNorm = MelNorm.None };
        yield return s_small with { MinimumFrequency = 300, MaximumFrequency = 1700.5 };
        yield return s_small with { Reference = DecibelReference.One, TopDecibels = 30, MinimumPower = 1e-3 };
        yield return s_small with { Seconds = 0.1 };
    }

    [TestCaseSource(nameof(Variants))]
    public void EveryOptionGivesWhatTheDefinitionSays(LogMelOptions options)
    {
        float[] samples = Chirp(1500, options.SampleRate);
        double[,] expected = PlainLogMel.Extract(samples, options);
        TimeFrequencyMap map = new LogMelExtractor(options).Extract(new AudioClip(samples, options.SampleRate)).Decibels;
        Assert.That((map.Bins, map.Frames), Is.EqualTo((expected.GetLength(0), expected.GetLength(1))));
        Assert.That(map.Memory.ToArray(), Is.EqualTo(expected.Cast<double>().Select(x => (float)x)).Within(2e-5));
    }

    [Test]
    public void TheSyntheticWaveIsWithinAHundredThousandthOfADecibel()
    {
        NpzFile golden = NpzFile.Read(SharedData.Fixture("log_mel_synthetic.npz"));
        AssertClose(new AudioClip(golden["wave_int16"].ToFloats().Select(x => x / 32768f).ToArray(), 24000), golden["decibels"]);
    }

    [Test]
    public void TheSharedRecordingsAreWithinAHundredThousandthOfADecibel()
    {
        NpzFile golden = NpzFile.Read(SharedData.Require("goldens/log_mel_librosa_defaults.npz"));
        foreach (string name in golden.Names.Where(name => name.StartsWith("db_", StringComparison.Ordinal) && name != "db_synthetic"))
            AssertClose(WavReader.Read(SharedData.Require($"data/wav/{name[3..]}.wav")), golden[name]);
    }

    [Test]
    public void TheDefaultsGiveTheMapOfTheModel()
    {
        LogMelSpectrogram spectrogram = new LogMelExtractor().Extract(new AudioClip(Chirp(50000, 24000), 24000));
        Assert.That((spectrogram.Decibels.Bins, spectrogram.Decibels.Frames), Is.EqualTo((128, 141)));
        Assert.That(spectrogram.Decibels.Memory.ToArray().Max(), Is.Zero);
        Assert.That(spectrogram.Decibels.Memory.ToArray().Min(), Is.EqualTo(-80f).Within(1e-4));
    }

    [Test]
    public void SilenceIsFlatAndFinite() =>
        Assert.That(new LogMelExtractor(s_small).Extract(new AudioClip(new float[100], 4000)).Decibels.Memory.ToArray(), Is.All.Zero);

    [Test]
    public void AToneLightsTheBinAndTheFrameThatTheAxesName()
    {
        float[] samples = new float[72000];
        for (int i = 24000; i < 36000; i++)
            samples[i] = (float)Math.Sin(2 * Math.PI * 2500 * i / 24000);
        LogMelSpectrogram spectrogram = new LogMelExtractor().Extract(new AudioClip(samples, 24000));
        int loudest = spectrogram.Decibels.Memory.ToArray().Select((value, index) => (value, index)).Max().index;
        Assert.That(spectrogram.Axes.HertzOf(loudest / 141), Is.EqualTo(2500).Within(60));
        Assert.That(spectrogram.Axes.SecondsOf(loudest % 141), Is.InRange(1.0, 1.5));
    }

    [Test]
    public void AnotherSampleRateIsResampledFirst()
    {
        static AudioClip Tones(int rate) => new(Enumerable.Range(0, 3 * rate).Select(i => (float)(Math.Sin(2 * Math.PI * 440.0 * i / rate) + (0.1 * Math.Sin(2 * Math.PI * 3000.0 * i / rate)))).ToArray(), rate);
        LogMelExtractor extractor = new();
        TimeFrequencyMap native = extractor.Extract(Tones(24000)).Decibels;
        TimeFrequencyMap resampled = extractor.Extract(Tones(44100)).Decibels;
        double worst = 0;
        for (int i = 0; i < native.Count; i++)
            if (i % 141 is > 4 and < 136)
                worst = Math.Max(worst, Math.Abs(native.Span[i] - resampled.Span[i]));
        Assert.That(worst, Is.LessThan(0.05));
    }

    [Test]
    public void TheSameClipGivesTheSameBytesOnManyThreads()
    {
        LogMelExtractor extractor = new();
        AudioClip clip = new(Chirp(40000, 24000), 24000);
        float[] expected = extractor.Extract(clip).Decibels.Memory.ToArray();
        Parallel.For(0, 8, _ => Assert.That(extractor.Extract(clip).Decibels.Memory.ToArray(), Is.EqualTo(expected)));
    }

    [TestCase(8)]
    [TestCase(16)]
    [TestCase(64)]
    [TestCase(512)]
    [TestCase(2048)]
    [TestCase(6)]
    [TestCase(75)]
    [TestCase(400)]
    [TestCase(74)] // 2 x 37: a large prime
    [TestCase(1323)] // 3 x 3 x 3 x 7 x 7
    public void TheFastTransformEqualsTheSumAndKeepsTheEnergy(int size)
    {
        float[] samples = Chirp(size, 4000);
        double[] flat = new double[size];
        Array.Fill(flat, 1.0);
        double[] power = new double[(size / 2) + 1];
        new RealSpectrum(size).Power(samples, flat, power);
        double[] expected = PlainLogMel.Power(samples.Select(x => (double)x).ToArray());
        Assert.That(power, Is.EqualTo(expected).Within(1e-12 * size * size));
        double twoSided = power.Sum() + power.Skip(1).Take((size - 1) / 2).Sum();
        Assert.That(twoSided / size, Is.EqualTo(samples.Sum(x => (double)x * x)).Within(1e-9 * size));
    }

    [TestCase(8)]
    [TestCase(32)]
    [TestCase(2048)]
    [TestCase(6)]
    [TestCase(75)]
    [TestCase(400)]
    [TestCase(74)]
    public void TheTransformAndItsInverseUndoEachOther(int size)
    {
        float[] samples = Chirp(size, 4000);
        double[] flat = new double[size], real = new double[(size / 2) + 1], imaginary = new double[(size / 2) + 1], back = new double[size];
        Array.Fill(flat, 1.0);
        RealSpectrum spectrum = new RealSpectrum(size);
        spectrum.Forward(samples, flat, real, imaginary);
        spectrum.Inverse(real, imaginary, back);
        Assert.That(back, Is.EqualTo(samples.Select(x => (double)x)).Within(1e-12));
        for (int k = 0; k < real.Length; k++)
        {
            Assert.That(real[k], Is.EqualTo(samples.Select((x, n) => x * Math.Cos(2 * Math.PI * k * n / size)).Sum()).Within(1e-9), $"real {k}");
            Assert.That(imaginary[k], Is.EqualTo(-samples.Select((x, n) => x * Math.Sin(2 * Math.PI * k * n / size)).Sum()).Within(1e-9), $"imaginary {k}");
        }
    }

    [Test]
    public void AnOptionOutOfRangeIsNamedWithItsValue()
    {
        Assert.That(() => new LogMelExtractor(new LogMelOptions { MaximumFrequency = 13000 }), Throws.ArgumentException.With.Message.Contains("MaximumFrequency is 13000"));
        Assert.That(() => new LogMelExtractor(new LogMelOptions { HopLength = 0 }), Throws.ArgumentException.With.Message.Contains("HopLength is 0"));
        Assert.That(() => new LogMelExtractor(new LogMelOptions { Seconds = double.NaN }), Throws.ArgumentException.With.Message.Contains("Seconds is NaN"));
        Assert.That(() => new LogMelExtractor(new LogMelOptions { Seconds = 1e9 }), Throws.ArgumentException.With.Message.Contains("Seconds is 1000000000"));
    }

    private static void AssertClose(AudioClip clip, NpyArray expected)
    {
        float[] found = new LogMelExtractor().Extract(clip).Decibels.Memory.ToArray();
        Assert.That(found.Zip(expected.ToFloats(), (a, b) => Math.Abs(a - b)).Max(), Is.LessThanOrEqualTo(1e-5f), "dB");
    }

    private static float[] Chirp(int count, int rate) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(0.6 * Math.Sin(2 * Math.PI * ((0.02 * i) + (1e-4 * i * i * 4000 / rate / 50)))))];
}
