namespace AudioEmotionXai.Tests;

/// <summary>Every front end against its public definition written out, and against arrays that another program made.</summary>
public sealed class FrontEndTests
{
    // Features are logarithms or of the order of 1. The mel weights have single precision: 1e-7 of an energy; the features are rounded once
    private const double Tolerance = 2e-6;

    // Coefficients sum 128 decibels, up to 200
    private const double ToleranceOfCepstra = 1e-4;

    public static IEnumerable<TestCaseData> Kinds()
    {
        yield return Case(new WhisperFrontEnd { Seconds = null }, x => PlainFrontEnds.Whisper(x, 80));
        yield return Case(new WhisperFrontEnd { Seconds = null, MelBins = 128 }, x => PlainFrontEnds.Whisper(x, 128));
        yield return Case(new AstFrontEnd { Frames = null }, x => PlainFrontEnds.Ast(x, null));
        yield return Case(new AstFrontEnd { Frames = 117 }, x => PlainFrontEnds.Ast(x, 117));
        yield return Case(new YamnetFrontEnd { Frames = null }, x => PlainFrontEnds.Yamnet(x));
        yield return Case(new YamnetFrontEnd(), x => PlainFrontEnds.Yamnet(x, isOne: true));
        yield return Case(new MfccFrontEnd { Count = 13, Mels = MfccFrontEnd.SpectrumAt(16000) }, x => PlainFrontEnds.Mfcc(x, 16000, 13));
        yield return Case(new MfccFrontEnd { Count = 40 }, x => PlainFrontEnds.Mfcc(x, 22050, 40));
        yield return Case(new Wav2Vec2FrontEnd(), PlainFrontEnds.Wav2Vec2);
        static TestCaseData Case(FrontEnd frontEnd, Func<double[], double[,]> plain) => new TestCaseData(frontEnd, plain).SetArgDisplayNames(frontEnd.ToJson());
    }

    [TestCaseSource(nameof(Kinds))]
    public void FeaturesAreWhatTheDefinitionSays(FrontEnd frontEnd, Func<double[], double[,]> plain)
    {
        // 1.1 s: the longer of two patches, and neither hop nor frame divides it
        int count = (int)(1.1 * frontEnd.SampleRate) + 7;
        foreach ((string name, float[] samples) in WaveformSounds.Various(count, frontEnd.SampleRate))
            AssertClose(frontEnd, new AudioClip(samples, frontEnd.SampleRate), plain, name);
    }

    [TestCaseSource(nameof(Kinds))]
    public void TheSharedRecordingsAreWhatTheDefinitionSays(FrontEnd frontEnd, Func<double[], double[,]> plain)
    {
        double worst = 0;
        foreach (string file in Directory.GetFiles(SharedData.Require("data/wav"), "*.wav").Order().Where((_, index) => index % 5 < 2).Take(12))
            worst = Math.Max(worst, AssertClose(frontEnd, Resampler.Resample(WavReader.Read(file), frontEnd.SampleRate), plain, Path.GetFileName(file)));
        TestContext.Out.WriteLine(FormattableString.Invariant($"the worst of all recordings: {worst:E2}"));
    }

    [TestCase("whisper", "whisper", 13)]
    [TestCase("whisper:128", "whisper_128", 17)]
    [TestCase("ast:400", "ast", 13)]
    [TestCase("yamnet", "yamnet", 13)]
    [TestCase("mfcc:40:16000", "mfcc", 7)]
    [TestCase("wav2vec2", "wav2vec2", 61)]
    public void FeaturesAreThoseOfAnotherProgram(string text, string name, int step)
    {
        FrontEnd frontEnd = FrontEnd.Parse(text);
        if (frontEnd is not AstFrontEnd)
            frontEnd = frontEnd.WithLength(null);
        float[] wave = NpzFile.Read(SharedData.Fixture("log_mel_synthetic.npz"))["wave_int16"].ToFloats();
        TimeFrequencyMap found = frontEnd.Extract(new AudioClip(wave.Select(x => x / 32768f).ToArray(), 16000)).ToMap();
        NpyArray golden = NpzFile.Read(SharedData.Fixture("front_ends_synthetic.npz"))[name];
        float[] every = [.. Enumerable.Range(0, found.Bins).SelectMany(bin => found.Row(bin).ToArray().Where((_, frame) => frame % step == 0))];
        Assert.That((found.Bins, every.Length), Is.EqualTo((golden.Shape[0], golden.ToFloats().Length)));
        double worst = every.Zip(golden.ToFloats(), (a, b) => (double)Math.Abs(a - b)).Max();
        TestContext.Out.WriteLine(FormattableString.Invariant($"{text}: {worst:E2}"));
        Assert.That(worst, Is.LessThanOrEqualTo(frontEnd is MfccFrontEnd ? ToleranceOfCepstra : Tolerance));
    }

    [Test]
    public void WhisperHearsThirtySecondsOfClipAndZeros()
    {
        float[] samples = WaveformSounds.Voice(20011, 16000);
        FrontEndFeatures features = new WhisperFrontEnd().Extract(new AudioClip(samples, 16000));
        Assert.That((features.Bins, features.Frames), Is.EqualTo((80, 3000)));
        Assert.That(features.Values.ToArray(), Is.EqualTo(Extract(new WhisperFrontEnd { Seconds = null }, [.. samples, .. new float[480000 - samples.Length]])));
        Assert.That(Extract(new WhisperFrontEnd(), WaveformSounds.Noise(490000, 2, 0.1)), Is.EqualTo(Extract(new WhisperFrontEnd(), WaveformSounds.Noise(490000, 2, 0.1)[..480000])));
    }

    [Test]
    public void AstHasZeroBeforeItsNormalisationWhereTheClipEnds()
    {
        FrontEndFeatures features = new AstFrontEnd().Extract(new AudioClip(WaveformSounds.Voice(20011, 16000), 16000));
        Assert.That((features.Bins, features.Frames), Is.EqualTo((128, 1024)));
        Assert.That(features.ToMap().Row(5)[123..].ToArray(), Is.All.EqualTo(4.2677393f / (2 * 4.5689974f)).Within(1e-7));
        Assert.That(features.ToMap()[5, 122], Is.Not.EqualTo(features.ToMap()[5, 123]));
    }

    [Test]
    public void PatchesBeginEveryFortyEightFrames()
    {
        FrontEndFeatures features = new YamnetFrontEnd { Frames = null }.Extract(new AudioClip(WaveformSounds.Voice(40000, 16000), 16000));
        Assert.That(features.Frames, Is.EqualTo(96 + (4 * 48)));
        IReadOnlyList<FrontEndFeatures> patches = YamnetFrontEnd.PatchesOf(features);
        Assert.That(patches, Has.Count.EqualTo(5));
        Assert.That(patches[3].ToMap()[7, 11], Is.EqualTo(features.ToMap()[7, 11 + 144]));
        Assert.That(patches[0].Values.ToArray(), Is.EqualTo(Extract(new YamnetFrontEnd(), WaveformSounds.Voice(40000, 16000))));
    }

    [Test]
    public void Wav2Vec2NormalisesWithOrWithoutTheFill()
    {
        float[] samples = WaveformSounds.Noise(8000, 4, 0.1);
        Wav2Vec2FrontEnd second = new() { Seconds = 1 };
        Assert.That(Extract(second, samples), Is.EqualTo(Extract(new Wav2Vec2FrontEnd(), [.. samples, .. new float[8000]])));
        Assert.That(Extract(second with { NormalizesFill = false }, samples), Is.EqualTo((float[])[.. Extract(new Wav2Vec2FrontEnd(), samples), .. new float[8000]]));
        Assert.That(Extract(new Wav2Vec2FrontEnd(), new float[100]), Is.All.Zero);
    }

    [Test]
    public void SamplesAreCutAndFilled()
    {
        SamplesFrontEnd half = new() { Rate = 4000, Seconds = 0.5 };
        Assert.That(Extract(half, [1, 2, 3]), Has.Length.EqualTo(2000).And.Exactly(1997).Zero);
        Assert.That(half.Extract(new AudioClip(new float[6000], 8000)).Frames, Is.EqualTo(2000));
        Assert.That(new SamplesFrontEnd { Rate = 4000 }.Extract(new AudioClip(new float[6001], 8000)).Frames, Is.EqualTo(3001));
    }

    [Test]
    public void LogMelFeaturesAreTheContractsBitForBit()
    {
        LogMelOptions options = WaveformModels.Small;
        FrontEndContract contract = WaveformModels.ContractOf(options);
        AudioClip clip = new(WaveformSounds.Voice(options.SampleCount, options.SampleRate), options.SampleRate);
        float[] expected = contract.Normalize(new LogMelExtractor(options).Extract(clip).Decibels).Memory.ToArray();
        Assert.That(contract.FrontEnd.Extract(clip).Values.ToArray(), Is.EqualTo(expected));
        Assert.That(contract.FrontEnd.WithLength(null).Extract(clip).Values.ToArray(), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Kinds))]
    public void LengthsAreKnownBeforehand(FrontEnd frontEnd, Func<double[], double[,]> plain)
    {
        foreach (int count in new[] { 0, 1, 159, 400, 5001, 15601, 20000 })
            Assert.That(Extract(frontEnd, new float[count]), Has.Length.EqualTo(frontEnd.Bins * frontEnd.LengthOf(count)), $"{count}");
        foreach (int length in new[] { 7, 96, 331 })
        {
            FrontEnd resized = frontEnd.WithLength(length);
            Assert.That(resized.LengthOf(12345), Is.EqualTo(length));
            Assert.That(Extract(resized, new float[12345]), Has.Length.EqualTo(frontEnd.Bins * length));
            Assert.That(resized.WithLength(null).SampleCount, Is.Null);
        }

        Assert.That(plain, Is.Not.Null);
    }

    [Test]
    public void ShortClipsHaveFiniteFeatures([Values("whisper", "ast", "yamnet", "mfcc", "wav2vec2", "none:8000", "log-mel")] string text, [Values(0, 1, 150, 201, 399)] int count)
    {
        FrontEnd frontEnd = FrontEnd.Parse(text).WithLength(null);
        Assert.That(Extract(frontEnd, WaveformSounds.Noise(count, 3, 0.1)).Where(x => !float.IsFinite(x)), Is.Empty);
    }

    [Test]
    public void WhatIsBeyondTheBoundIsNotHeard()
    {
        SamplesFrontEnd frontEnd = new() { Rate = 1000 };
        Assert.That(frontEnd.LengthOf(700_000), Is.EqualTo(600_000));
        Assert.That(frontEnd.Extract(new AudioClip(new float[600_001], 1000)).Frames, Is.EqualTo(600_000));
    }

    [Test]
    public void AxesSayWhereATonesCellIs([Values("whisper", "ast", "yamnet")] string text)
    {
        FrontEnd frontEnd = FrontEnd.Parse(text).WithLength(null);
        float[] samples = new float[24000];
        for (int i = 8000; i < 8800; i++)
            samples[i] = (float)Math.Sin(2 * Math.PI * 1700 * i / 16000);
        TimeFrequencyMap map = frontEnd.Extract(new AudioClip(samples, 16000)).ToMap();
        TimeFrequencyAxes axes = frontEnd.AxesOf(map.Frames)!;
        int loudest = map.Memory.ToArray().Select((value, index) => (value, index)).Max().index;
        Assert.That((axes.Bins, axes.Frames, axes.HasHertz), Is.EqualTo((map.Bins, map.Frames, true)));
        Assert.That(axes.HertzOf(loudest / map.Frames), Is.EqualTo(1700).Within(60));
        Assert.That(axes.SecondsOf(loudest % map.Frames), Is.InRange(0.49, 0.56));
    }

    [Test]
    public void CoefficientsHaveNumbersAndSamplesNoAxes()
    {
        TimeFrequencyAxes axes = new MfccFrontEnd().AxesOf(9)!;
        Assert.That((axes.Bins, axes.Frames, axes.HasHertz, axes.HertzOf(3)), Is.EqualTo((20, 9, false, 3.0)));
        Assert.That(new Wav2Vec2FrontEnd().AxesOf(9), Is.Null);
    }

    private static float[] Extract(FrontEnd frontEnd, float[] samples) => frontEnd.Extract(new AudioClip(samples, frontEnd.SampleRate)).Values.ToArray();

    private static double AssertClose(FrontEnd frontEnd, AudioClip clip, Func<double[], double[,]> plain, string name)
    {
        double[,] expected = plain([.. clip.Samples.ToArray().Select(x => (double)x)]);
        FrontEndFeatures found = frontEnd.Extract(clip);
        Assert.That((found.Bins, found.Frames), Is.EqualTo((expected.GetLength(0), expected.GetLength(1))), name);
        double worst = expected.Cast<double>().Zip(found.Values.ToArray(), (a, b) => Math.Abs(a - b)).Max();
        TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {worst:E2}"));
        Assert.That(worst, Is.LessThanOrEqualTo(frontEnd is MfccFrontEnd ? ToleranceOfCepstra : Tolerance), name);
        return worst;
    }
}
