namespace AudioEmotionXai.Tests;

/// <summary>Models that carry front ends of other kinds than log-mel.</summary>
public sealed class FrontEndModelTests
{
    private static readonly AudioClip s_clip = new(WaveformSounds.Voice(9001, 16000), 16000);

    [TestCase("whisper", new[] { 80, 3000 })]
    [TestCase("whisper", new[] { 80, 56 })]
    [TestCase("ast", new[] { 1024, 128 })]
    [TestCase("ast", new[] { 1, 128, 60 })]
    [TestCase("yamnet", new[] { 96, 64, 1 })]
    [TestCase("wav2vec2", new[] { 9001 })]
    [TestCase("mfcc:13:16000", new[] { 13, 18 })]
    public void ARecordingGoesThroughTheFrontEndThatTheFileNames(string text, int[] shape)
    {
        OnnxModel onnx = WaveformModels.Smooth(2, 17, shape);
        FrontEndContract.For(FrontEnd.Parse(text), ["no", "yes"]).WriteTo(onnx);
        using AudioClassifier model = TinyModels.Load(OnnxModel.Parse(onnx.ToBytes(), "copy.onnx"));
        Assert.That(FrontEnd.Parse(text).TryFit([-1, .. shape], out FrontEnd? fitted, out InputLayout? layout), Is.True);
        Assert.That(model.FrontEnd!.FrontEnd, Is.EqualTo(fitted));
        FloatTensor expected = layout!.Lay(fitted!.Extract(s_clip));
        Assert.That(model.ToInput(s_clip).Memory.ToArray(), Is.EqualTo(expected.Memory.ToArray()));
        Assert.That(model.Predict(s_clip).Probabilities.ToArray(), Is.EqualTo(model.Predict(expected)[0].Probabilities.ToArray()));
        Assert.That(model.TakesSamples, Is.EqualTo(fitted.GivesSamples));
    }

    [Test]
    public void WhatIsNotHeardIsAWarning()
    {
        OnnxModel onnx = WaveformModels.Smooth(2, 17, 80, 30);
        FrontEndContract.For(new WhisperFrontEnd(), []).WriteTo(onnx);
        using AudioClassifier model = TinyModels.Load(onnx);
        Assert.That(model.Predict(s_clip).Warnings, Has.One.Contains("0.56 s long; the model hears its first 0.30 s"));
        Assert.That(model.Labels, Is.EqualTo(new[] { "class 0", "class 1" }));
    }

    [Test]
    public void ClipsOfAnyLengthAreHeardWhole()
    {
        OnnxModel onnx = OnnxModel.Create(17, "free");
        onnx.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 80, "T"]));
        onnx.Add(new OnnxNode("ReduceMean", "mean", ["x"], ["logits"]).Set("axes", [2L]).Set("keepdims", 0L));
        onnx.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 80]));
        FrontEndContract.For(new WhisperFrontEnd(), []).WriteTo(onnx);
        using AudioClassifier model = TinyModels.Load(onnx);
        Assert.That(model.Predict(s_clip).Warnings, Is.Empty);
        foreach (int count in new[] { 700, 9001, 20000 })
            Assert.That(model.ToInput(new AudioClip(WaveformSounds.Noise(count, 2, 0.1), 16000)).ToString(), Is.EqualTo($"(1, 80, {count / 160})"));
        Explanation why = new Gradient().Explain(model, s_clip);
        Assert.That((why.Map.Bins, why.Map.Frames, why.Axes?.Frames, why.Axes?.Bins), Is.EqualTo((80, 56, 56, 80)));
        Assert.That(why.TopSpans(1), Has.Count.EqualTo(1));
    }

    [Test]
    public void SamplesOfAnyLengthAreExplainedInCells()
    {
        OnnxModel onnx = OnnxModel.Create(17, "free");
        onnx.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", "T"]));
        onnx.Add(new OnnxNode("Mul", "squares", ["x", "x"], ["energy"]));
        onnx.Add(new OnnxNode("ReduceMean", "mean", ["energy"], ["logits"]).Set("axes", [1L]).Set("keepdims", 1L));
        onnx.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 1]));
        FrontEndContract.For(new SamplesFrontEnd(), []).WriteTo(onnx);
        using AudioClassifier model = TinyModels.Load(onnx);
        Explanation why = new InputXGradient().Explain(model, s_clip);
        Assert.That((why.Map.Bins, why.Map.Frames), Is.EqualTo((64, 57)));
        Assert.That(why.Axes!.Frames, Is.EqualTo(57));
        Assert.That(why.Spectrogram().Frames, Is.EqualTo(57));
        WaveformRelevance samples = new InputXGradient().AttributeClip(model, s_clip);
        Assert.That(samples.PerSample.Length, Is.EqualTo(9001));
        Assert.That(samples.ToMel().Span.ToArray().Sum(), Is.EqualTo(samples.PerSample.ToArray().Sum()).Within(1e-4 * samples.PerSample.ToArray().Sum()));
    }

    [Test]
    public void AJoinedModelHearsWhatTheClassifierHears([Values("whisper", "ast", "yamnet", "wav2vec2")] string text)
    {
        FrontEnd frontEnd = FrontEnd.Parse(text).WithLength(text == "wav2vec2" ? 9001 : 52);
        OnnxModel onnx = WaveformModels.Smooth(2, 17, frontEnd.GivesSamples ? [9001] : [frontEnd.Bins, 52]);
        FrontEndContract.For(frontEnd, ["no", "yes"]).WriteTo(onnx);
        using AudioClassifier model = TinyModels.Load(onnx);
        using AudioClassifier joined = model.WithWaveformInput();
        Assert.That(joined.TakesSamples, Is.True);
        Assert.That(joined.FrontEnd!.FrontEnd, Is.EqualTo(frontEnd));
        Assert.That(joined.Predict(s_clip).Probabilities.Span[1], Is.EqualTo(model.Predict(s_clip).Probabilities.Span[1]).Within(1e-5));
        Assert.That(() => joined.WithWaveformInput(), Throws.ArgumentException.With.Message.Contains("takes samples already"));
        // Relevance reaches the samples through every kind of front end
        AttributionResult why = new Lrp().Attribute(joined, joined.ToInput(s_clip));
        Assert.That(why.Map.Span.ToArray().Sum(Math.Abs), Is.GreaterThan(0).And.LessThan(float.PositiveInfinity));
    }

    [Test]
    public void AFrontEndThatDoesNotFitIsRefusedWithBoth()
    {
        OnnxModel onnx = WaveformModels.Smooth(2, 17, 81, 30);
        Assert.That(
            () => FrontEndContract.For(new WhisperFrontEnd(), []).WriteTo(onnx),
            Throws.TypeOf<ModelFormatException>().With.Message.Contains("(N, 81, 30), but the front end gives (N, 1, 80, 3000)"));
    }

    [Test]
    public void TheTrainedModelOfSamplesHearsTheRecordingsAsWhenItWasTrained()
    {
        string[] files = File.ReadAllLines(SharedData.Require("models/wave/goldens/clips_files.txt"));
        float[] expected = NpyFile.Read(SharedData.Require("models/wave/goldens/clips_logits.npy")).Memory.ToArray();
        OnnxModel onnx = OnnxModel.Load(SharedData.Require("models/wave/model.onnx"));
        FrontEndContract.For(new Wav2Vec2FrontEnd { Seconds = 3 }, []).WriteTo(onnx);
        using AudioClassifier model = TinyModels.Load(onnx);
        double worst = 0;
        for (int i = 0; i < files.Length; i++)
        {
            AudioClip clip = WavReader.Read(SharedData.Require($"data/wav/{Path.GetFileNameWithoutExtension(files[i].Trim())}.wav"));
            float[] heard = new float[72000];
            clip.Samples.Span[..Math.Min(72000, clip.Samples.Length)].CopyTo(heard);
            float[] samples = Resampler.Resample(new AudioClip(heard, 24000), 16000).Samples.ToArray();
            FloatTensor input = new(new Wav2Vec2FrontEnd().Extract(new AudioClip(samples, 16000)).Values, 1, 48000);
            float[] logits = model.Logits(input).Memory.ToArray();
            for (int k = 0; k < 6; k++)
                worst = Math.Max(worst, Math.Abs(logits[k] - expected[(6 * i) + k]));
        }

        TestContext.Out.WriteLine(FormattableString.Invariant($"the worst logit: {worst:E2}"));
        // Another resampler made the samples of the references
        Assert.That(worst, Is.LessThan(0.05));
    }
}
