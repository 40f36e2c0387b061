namespace AudioEmotionXai.Tests;

public sealed class LogMelGraphTests
{
    // A thousandth of a decibel in every cell, those at the floor included
    private const double Tolerance = 1e-3;

    // Float32 holds the lines of a frame to 5e-9 of the loudest (root mean square; transforms by radix 4, or in one product, are no better): of what is 80 dB
    // below it, a twenty-thousandth, and five times that in the worst of many cells
    private const double ToleranceOfSkirts = 1e-2;

    private static readonly LogMelOptions s_small = WaveformModels.Small;

    public static IEnumerable<LogMelOptions> Variants()
    {
        yield return s_small;
        yield return s_small with { FftSize = 256, Window = SpectrumWindow.HannSymmetric };
        yield return s_small with { FftSize = 100, HopLength = 25 };
        yield return s_small with { FftSize = 75, HopLength = 30 };
        yield return s_small with { FftSize = 128, HopLength = 37 };
        yield return s_small with { FftSize = 4, HopLength = 4, MelBins = 1 };
        yield return s_small with { Center = false };
        yield return s_small with { Padding = SignalPadding.Reflect };
        yield return s_small with { Padding = SignalPadding.Reflect, HopLength = 50, Seconds = 0.121 };
        // The same range of the signal as 80 dB of power
        yield return s_small with { Power = 1, TopDecibels = 40 };
        yield return s_small with { Power = 0.6, TopDecibels = 24 };
        yield return s_small with { MelScale = MelScale.Htk, MelNorm = MelNorm.None };
        yield return s_small with { MinimumFrequency = 300, MaximumFrequency = 1700.5 };
        yield return s_small with { Reference = DecibelReference.One, TopDecibels = 30, MinimumPower = 1e-3 };
        yield return s_small with { Reference = DecibelReference.One, TopDecibels = null };
        yield return s_small with { Seconds = 0.1 };
        yield return new LogMelOptions { SampleRate = 16000, Seconds = 0.5, FftSize = 400, HopLength = 160, MelBins = 40, MaximumFrequency = 8000 };
    }

    [TestCaseSource(nameof(Variants))]
    public void EveryOptionGivesTheFrontEndsDecibels(LogMelOptions options)
    {
        FrontEndContract contract = WaveformModels.ContractOf(options);
        OnnxModel joined = Joined(contract, 17);
        foreach ((string name, float[] samples) in WaveformSounds.Various(options.SampleCount, options.SampleRate))
            AssertClose(joined, contract, samples, name);
    }

    [TestCase(11)]
    [TestCase(13)]
    [TestCase(18)]
    [TestCase(21)]
    public void EveryOperatorSetGivesTheFrontEndsDecibels(int opset)
    {
        FrontEndContract contract = WaveformModels.ContractOf(s_small with { Padding = SignalPadding.Reflect });
        OnnxModel joined = Joined(contract, opset);
        GraphChecker.Check(joined);
        AssertClose(joined, contract, WaveformSounds.Voice(s_small.SampleCount, s_small.SampleRate), "voice");
    }

    [Test]
    public void TheBundledFrontEndIsWithinAThousandthOfADecibel()
    {
        FrontEndContract contract = WaveformModels.ContractOf(new LogMelOptions());
        OnnxModel joined = Joined(contract, 17);
        foreach ((string name, float[] samples) in WaveformSounds.Various(contract.Options.SampleCount, contract.Options.SampleRate))
            AssertClose(joined, contract, samples, name);
    }

    [TestCase(128, 32)]
    [TestCase(400, 160)]
    [TestCase(512, 128)]
    [TestCase(2048, 512)]
    public void TheSkirtsOfPureTonesAreWithinAFewThousandths(int fft, int hop)
    {
        FrontEndContract contract = WaveformModels.ContractOf(new LogMelOptions { SampleRate = 16000, Seconds = 1, FftSize = fft, HopLength = hop, MelBins = 40, MaximumFrequency = 8000 });
        OnnxModel joined = Joined(contract, 17);
        foreach ((string name, float[] samples) in WaveformSounds.Pure(contract.Options.SampleCount, contract.Options.SampleRate))
            AssertClose(joined, contract, samples, name, ToleranceOfSkirts);
    }

    [Test]
    public void TheSharedClipsAreWithinAThousandthOfADecibel()
    {
        FrontEndContract contract = WaveformModels.ContractOf(new LogMelOptions());
        OnnxModel joined = Joined(contract, 17);
        double worst = 0;
        foreach (string file in Directory.GetFiles(SharedData.Require("data/wav"), "*.wav").Order())
            worst = Math.Max(worst, AssertClose(joined, contract, contract.ToSamples(WavReader.Read(file)).Span.ToArray(), Path.GetFileName(file)));
        TestContext.Out.WriteLine(FormattableString.Invariant($"the worst cell of all clips: {worst:E2} dB"));
    }

    [Test]
    public void ClipsOfABatchDoNotTouchEachOther()
    {
        FrontEndContract contract = WaveformModels.ContractOf(s_small);
        OnnxModel joined = Joined(contract, 17);
        float[] loud = WaveformSounds.Voice(s_small.SampleCount, s_small.SampleRate), quiet = [.. loud.Select(x => x * 0.01f)];
        float[] both = BareRun.Of(joined, new FloatTensor((float[])[.. quiet, .. loud], 2, loud.Length), "spectrogram");
        Assert.That(both[..(both.Length / 2)], Is.EqualTo(BareRun.Of(joined, new FloatTensor(quiet, 1, quiet.Length), "spectrogram")));
        Assert.That(both[(both.Length / 2)..], Is.EqualTo(BareRun.Of(joined, new FloatTensor(loud, 1, loud.Length), "spectrogram")));
    }

    [Test]
    public void AFrontEndOfAnotherShapeIsRefused()
    {
        OnnxModel classifier = WaveformModels.Smooth(WaveformModels.ContractOf(s_small));
        Assert.That(
            () => WaveformModel.Join(classifier, WaveformModels.ContractOf(s_small with { MelBins = 12 })),
            Throws.InstanceOf<ModelFormatException>().With.Message.Contains("12").And.Message.Contains("13"));
    }

    private static OnnxModel Joined(FrontEndContract contract, int opset)
    {
        OnnxModel joined = WaveformModel.Join(WaveformModels.Smooth(contract, opset), contract);
        joined.AddOutput(new OnnxValueInfo("spectrogram", OnnxElementType.Float, null));
        return joined;
    }

    private static double AssertClose(OnnxModel joined, FrontEndContract contract, float[] samples, string name, double tolerance = Tolerance)
    {
        float[] expected = new LogMelExtractor(contract.Options).Extract(new AudioClip(samples, contract.Options.SampleRate)).Decibels.Memory.ToArray();
        float[] found = BareRun.Of(joined, new FloatTensor(samples, 1, samples.Length), "spectrogram");
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        double worst = 0;
        for (int i = 0; i < found.Length; i++)
            worst = Math.Max(worst, Math.Abs((found[i] * contract.StandardDeviation) + contract.Mean - expected[i]));
        TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {worst:E2} dB"));
        Assert.That(worst, Is.LessThanOrEqualTo(tolerance), name);
        return worst;
    }
}
