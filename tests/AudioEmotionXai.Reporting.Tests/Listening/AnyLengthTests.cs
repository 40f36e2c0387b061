namespace AudioEmotionXai.Reporting.Tests;

/// <summary>Models whose time axis is free: what is heard is as long as the clip.</summary>
public sealed class AnyLengthTests
{
    [Test]
    public void SamplesOfAClipAreMadeAudible()
    {
        using AudioClassifier model = Energy();
        AudioClip clip = new(TestSounds.Noise(9001), 16000);
        AudibleExplanation heard = AudibleExplanation.Create(model, clip, new InputXGradient());
        Assert.That(heard[SoundKind.Clip].Clip.Samples.Length, Is.EqualTo(9001));
        Assert.That(heard[SoundKind.Clip].Clip.Samples.ToArray(), Is.EqualTo(clip.Samples.ToArray()).Within(1 / 32768f));
        Assert.That(heard.ImportantMask.Frames, Is.EqualTo(heard.Explained.Map.Frames).And.EqualTo(57));
    }

    [Test]
    public void LongRecordingsAreHeardInWindowsOfTenSeconds()
    {
        using AudioClassifier model = Energy();
        using MemoryStream file = new();
        WavWriter.Write(file, new AudioClip(TestSounds.Noise(16000 * 23), 16000));
        file.Position = 0;
        RecordingAnalyzer analyzer = new(model, new InputXGradient());
        RecordingWindow[] windows = [.. analyzer.Analyze(WavSampleReader.Open(file, "noise"))];
        Assert.That(windows.Select(window => (window.Start, window.End)), Is.EqualTo(new[] { (0.0, 10.0), (5.0, 15.0), (10.0, 20.0), (13.0, 23.0) }));
    }

    /// <summary>The energy of samples, against nothing.</summary>
    private static AudioClassifier Energy()
    {
        OnnxModel onnx = OnnxModel.Create(17, "energy");
        onnx.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", "T"]));
        onnx.Add(new OnnxNode("Mul", "squares", ["x", "x"], ["energy"]));
        onnx.Add(new OnnxNode("ReduceMean", "mean", ["energy"], ["level"]).Set("axes", [1L]).Set("keepdims", 1L));
        onnx.Add(new OnnxNode("Neg", "neg", ["level"], ["silence"]));
        onnx.Add(new OnnxNode("Concat", "both", ["silence", "level"], ["logits"]).Set("axis", 1L));
        onnx.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        FrontEndContract.For(new SamplesFrontEnd(), ["silence", "sound"]).WriteTo(onnx);
        return TinyModels.Load(onnx);
    }
}
