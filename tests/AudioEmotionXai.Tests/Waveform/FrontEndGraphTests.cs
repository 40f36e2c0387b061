using System.Numerics.Tensors;

namespace AudioEmotionXai.Tests;

/// <summary>Front ends of every kind as operators: against the extractor, and their gradients against differences.</summary>
public sealed class FrontEndGraphTests
{
    // Relative to the largest value; of float32 transforms before a logarithm
    private const double Tolerance = 1e-4;

    // Where there is no floor 80 dB below the loudest cell: what float32 leaves beside a pure tone or a constant (see LogMelGraphTests)
    private const double ToleranceOfSkirts = 5e-4;

    /// <summary>A front end, the letters of the input it goes into, and its samples.</summary>
    public static IEnumerable<TestCaseData> Kinds()
    {
        yield return Case(new WhisperFrontEnd { Seconds = 0.5 }, "n f t");
        yield return Case(new WhisperFrontEnd { Seconds = 0.31, MelBins = 128 }, "n t f");
        yield return Case(new AstFrontEnd { Frames = 57 }, "n t f");
        yield return Case(new AstFrontEnd { Frames = 30 }, "n c f t");
        yield return Case(new YamnetFrontEnd { Frames = 96 }, "n t f");
        yield return Case(new YamnetFrontEnd { Frames = 31 }, "n t f c");
        yield return Case(new MfccFrontEnd { Count = 13, AnyLength = false, Mels = MfccFrontEnd.SpectrumAt(8000) with { FftSize = 256, HopLength = 80, MelBins = 40, Seconds = 0.4 } }, "n f t");
        yield return Case(new Wav2Vec2FrontEnd { Seconds = 0.25 }, "n s");
        yield return Case(new SamplesFrontEnd { Rate = 8000, Seconds = 0.25 }, "n c s");
        yield return Case(new LogMelFrontEnd(WaveformModels.Small with { WindowLength = 100, PreEmphasis = 0.9, RemovesFrameMean = true, MelScale = MelScale.Htk, MelSlopes = MelSlopes.Mel, DropsLastFrame = true }, -40, 20), "n c t f");
        yield return Case(new LogMelFrontEnd(WaveformModels.Small with { WindowLength = 90, HopLength = 37, RemovesFrameMean = true, Padding = SignalPadding.Reflect }, -40, 20), "n f t");
        static TestCaseData Case(FrontEnd frontEnd, string layout) => new TestCaseData(frontEnd, layout).SetArgDisplayNames(frontEnd.Name, layout);
    }

    [TestCaseSource(nameof(Kinds))]
    public void TheGraphGivesTheExtractorsFeatures(FrontEnd frontEnd, string layout)
    {
        InputLayout axes = InputLayout.Parse(layout);
        OnnxModel joined = Joined(frontEnd, axes, 17);
        GraphChecker.Check(joined);
        foreach ((string name, float[] samples) in WaveformSounds.Various(frontEnd.SampleCount!.Value, frontEnd.SampleRate))
            AssertClose(joined, frontEnd, axes, samples, name, isTonal: name.Contains("tone", StringComparison.Ordinal) || name == "a constant");
    }

    [Test]
    public void EveryOperatorSetGivesThem([Values(11, 13, 18, 21)] int opset, [Values("whisper", "ast", "yamnet", "mfcc", "wav2vec2")] string text)
    {
        FrontEnd frontEnd = FrontEnd.Parse(text).WithLength(text == "wav2vec2" ? 3001 : 23);
        InputLayout axes = InputLayout.Parse(frontEnd.GivesSamples ? "n s" : "n f t");
        OnnxModel joined = Joined(frontEnd, axes, opset);
        GraphChecker.Check(joined);
        AssertClose(joined, frontEnd, axes, WaveformSounds.Voice(frontEnd.SampleCount!.Value, frontEnd.SampleRate), text);
    }

    [Test]
    public void TheSharedClipsAreAsTheExtractorHasThem([Values("whisper", "whisper:128", "ast", "yamnet", "mfcc:40:16000", "wav2vec2")] string text)
    {
        FrontEnd frontEnd = FrontEnd.Parse(text).WithLength(text == "wav2vec2" ? 48000 : text.StartsWith("mfcc", StringComparison.Ordinal) ? 94 : 298);
        InputLayout axes = InputLayout.Parse(frontEnd.GivesSamples ? "n s" : "n f t");
        OnnxModel joined = Joined(frontEnd, axes, 17);
        double worst = 0;
        foreach (string file in Directory.GetFiles(SharedData.Require("data/wav"), "*.wav").Order().Where((_, index) => index % 5 < 2).Take(12))
        {
            float[] heard = new float[frontEnd.SampleCount!.Value];
            ReadOnlySpan<float> clip = Resampler.Resample(WavReader.Read(file), frontEnd.SampleRate).Samples.Span;
            clip[..Math.Min(heard.Length, clip.Length)].CopyTo(heard);
            worst = Math.Max(worst, AssertClose(joined, frontEnd, axes, heard, Path.GetFileName(file)));
        }

        TestContext.Out.WriteLine(FormattableString.Invariant($"the worst of all clips: {worst:E2}"));
    }

    [TestCaseSource(nameof(Kinds))]
    public void TheGradientIsTheSlopeInRandomDirections(FrontEnd frontEnd, string layout)
    {
        using AudioClassifier model = TinyModels.Load(Joined(frontEnd, InputLayout.Parse(layout), 17, withFeatures: false));
        // Noise is nowhere near a floor, whose edge has no derivative; of 128 bins over 201 lines some hold one line, which is faint in places: its logarithm bends
        double step = frontEnd is WhisperFrontEnd { MelBins: 128 } ? 5e-6 : 2e-4;
        Assert.That(WaveformGradientTests.Disagreement(model, WaveformSounds.Noise(frontEnd.SampleCount!.Value, 5, 0.2), step), Is.LessThanOrEqualTo(1e-2));
    }

    [TestCaseSource(nameof(Kinds))]
    public void NoSoundMakesTheGradientNotFinite(FrontEnd frontEnd, string layout)
    {
        using AudioClassifier model = TinyModels.Load(Joined(frontEnd, InputLayout.Parse(layout), 17, withFeatures: false));
        foreach ((string name, float[] samples) in WaveformSounds.Various(frontEnd.SampleCount!.Value, frontEnd.SampleRate))
            Assert.That(float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(new Gradient().Attribute(model, new FloatTensor(samples, 1, samples.Length)).Map.Span)), name);
    }

    [Test]
    public void TheClipsOwnNumberOfSamplesFillsAsTheExtractorDoes([Values("ast:57", "yamnet")] string text)
    {
        FrontEnd frontEnd = FrontEnd.Parse(text);
        InputLayout axes = InputLayout.Parse("n f t");
        float[] samples = WaveformSounds.Voice(5003, 16000);
        AssertClose(Joined(frontEnd, axes, 17, samples: samples.Length), frontEnd, axes, samples, text);
    }

    [Test]
    public void Wav2Vec2TakesAnyLength()
    {
        OnnxModel classifier = OnnxModel.Create(17, "mean");
        classifier.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", "T"]));
        classifier.Add(new OnnxNode("ReduceMax", "max", ["x"], ["logits"]).Set("axes", [1L]).Set("keepdims", 1));
        classifier.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 1]));
        OnnxModel joined = WaveformModel.Join(classifier, new Wav2Vec2FrontEnd());
        joined.AddOutput(new OnnxValueInfo("x", OnnxElementType.Float, null));
        foreach (int count in new[] { 100, 1777 })
            AssertClose(joined, new Wav2Vec2FrontEnd(), InputLayout.Parse("n s"), WaveformSounds.Noise(count, 6, 0.1), "noise", "x");
    }

    [Test]
    public void AnyLengthNeedsANumber()
    {
        OnnxModel free = OnnxModel.Create(17, "free");
        free.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 80, "T"]));
        Assert.That(() => WaveformModel.Join(free, new WhisperFrontEnd()), Throws.ArgumentException.With.Message.Contains("the front end hears any length"));
        Assert.That(() => WaveformModel.Join(free, new AstFrontEnd()), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("the front end 'ast:1024' does not fit"));
        Assert.That(WaveformModel.Join(free, new WhisperFrontEnd(), samples: 1600).Inputs[0].ToString(), Does.Contain("1600"));
    }

    private static OnnxModel Joined(FrontEnd frontEnd, InputLayout layout, int opset, bool withFeatures = true, int? samples = null)
    {
        int length = frontEnd.LengthOf(frontEnd.SampleCount!.Value);
        int[] shape = [.. layout.Axes.Skip(1).Select(axis => axis switch
        {
            InputAxis.Channels => 1,
            InputAxis.Frequency => frontEnd.Bins,
            _ => length,
        })];
        OnnxModel joined = WaveformModel.Join(WaveformModels.Smooth(3, opset, shape), frontEnd, layout, samples);
        if (withFeatures)
            joined.AddOutput(new OnnxValueInfo("spectrogram", OnnxElementType.Float, null));
        return joined;
    }

    private static double AssertClose(OnnxModel joined, FrontEnd frontEnd, InputLayout layout, float[] samples, string name, string output = "spectrogram", bool isTonal = false)
    {
        float[] expected = layout.Lay(frontEnd.Extract(new AudioClip(samples, frontEnd.SampleRate))).Memory.ToArray();
        float[] found = BareRun.Of(joined, new FloatTensor(samples, 1, samples.Length), output);
        Assert.That(found, Has.Length.EqualTo(expected.Length), name);
        double worst = found.Zip(expected, (a, b) => (double)Math.Abs(a - b)).Max() / Math.Max(1, expected.Max(Math.Abs));
        TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {worst:E2}"));
        Assert.That(worst, Is.LessThanOrEqualTo(isTonal ? ToleranceOfSkirts : Tolerance), name);
        return worst;
    }
}
