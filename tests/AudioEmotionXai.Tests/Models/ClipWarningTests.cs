namespace AudioEmotionXai.Tests;

/// <summary>What a prediction and an explanation say of a recording of which there is less, or more, to hear than one might think.</summary>
public sealed class ClipWarningTests
{
    private const int Rate = 4000;

    [TestCase(0f)]
    [TestCase(0.5f)]
    public void ARecordingWithoutSoundIsSaidToHaveNone(float value)
    {
        using AudioClassifier model = RecordingModel.Load();
        float[] samples = new float[1500];
        samples.AsSpan(0, 1100).Fill(value);
        samples.AsSpan(1100).Fill(0.1f); // not heard
        AudioClip clip = new(samples, Rate);
        Assert.That(model.Predict(clip).Warnings, Has.Some.EqualTo(FormattableString.Invariant($"there is no sound: every sample that the model hears is {value}")));
        Assert.That(new Gradient().Explain(model, clip).Warnings, Has.Some.StartsWith("there is no sound"));
        samples[1000] = 0.1f;
        Assert.That(model.Predict(clip).Warnings, Has.None.StartsWith("there is no sound"));
    }

    [Test]
    public void ARecordingWithoutSamplesIsSaidToHaveNoSound()
    {
        using AudioClassifier model = RecordingModel.Load();
        Assert.That(model.Predict(new AudioClip(ReadOnlyMemory<float>.Empty, Rate)).Warnings, Is.EqualTo(new[] { "there is no sound: the clip has no samples" }));
    }

    [TestCase(1500, true)]
    [TestCase(1024, false)]
    [TestCase(700, false)]
    public void EverySourceOfARecordingSaysWhatIsNotHeard(int count, bool isLonger)
    {
        using AudioClassifier model = RecordingModel.Load();
        using TemporaryFolder folder = new();
        AudioClip clip = new(TestSounds.Noise(count), Rate);
        string path = folder.PathOf("clip.wav");
        WavWriter.Write(path, clip);
        byte[] bytes = File.ReadAllBytes(path);
        string[] expected = isLonger ? ["the clip is 0.38 s long; the model hears its first 0.26 s"] : [];
        using MemoryStream stream = new(bytes);
        Prediction fromFile = model.Predict(path);
        foreach (ClipSource source in new ClipSource[] { path, stream, bytes, WavReader.Read(path) })
        {
            Prediction said = model.Predict(source);
            Assert.That(said.Warnings, Is.EqualTo(expected));
            Assert.That(said.Logits.ToArray(), Is.EqualTo(fromFile.Logits.ToArray()), "no more is read than is heard, and that changes nothing");
            stream.Position = 0;
        }

        Assert.That(new Gradient().Explain(model, path).Warnings, Is.SupersetOf(expected));
        FloatTensor input = model.ReadInput(path, out IReadOnlyList<string> warnings);
        Assert.That(warnings, Is.EqualTo(expected));
        Assert.That(input.Span.ToArray(), Is.EqualTo(model.ToInput(WavReader.Read(path)).Span.ToArray()));
    }

    [TestCase(44_100)]
    [TestCase(22_051)]
    public void NoMoreIsReadOfALongRecordingThanIsHeard(int rate)
    {
        using AudioClassifier model = RecordingModel.Load();
        byte[] data = new byte[40_000_000];
        new Random(5).NextBytes(data.AsSpan(0, 200_000));
        byte[] wav = WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 1, rate, 16)), WavBuilder.Chunk("data", data));
        model.Predict(wav);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Prediction said = model.Predict(wav);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(16 << 20));
        Assert.That(said.Warnings, Has.Exactly(1).Contains("the model hears its first 0.26 s"));
        Assert.That(said.Logits.ToArray(), Is.EqualTo(model.Predict(WavReader.Read(new MemoryStream(wav), "whole")).Logits.ToArray()));
    }

    [Test]
    public void ARecordingThatNeverSaidItsLengthIsCountedToItsEnd()
    {
        using AudioClassifier model = RecordingModel.Load();
        byte[] data = new byte[2 * 50_000];
        new Random(5).NextBytes(data);
        byte[] wav = WavBuilder.File("RIFF", uint.MaxValue, WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 1, Rate, 16)), WavBuilder.Chunk("data", data, uint.MaxValue));
        Assert.That(model.Predict(wav).Warnings, Is.EqualTo(new[] { "the clip is 12.50 s long; the model hears its first 0.26 s" }));
    }
}
