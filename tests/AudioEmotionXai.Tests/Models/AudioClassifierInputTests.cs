namespace AudioEmotionXai.Tests;

public sealed class AudioClassifierInputTests
{
    [Test]
    public void ARecordingInMemoryGivesWhatItsFileGives()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = AudioClassifier.Load(BundledModel.Path);
        string file = SampleFiles.WriteTone(folder.PathOf("tone.wav"), 16000);
        FloatTensor fromFile = model.ReadInput(file), fromClip = model.ToInput(WavReader.Read(file));
        Assert.That(fromClip.Shape.ToArray(), Is.EqualTo(new[] { 1, 1, 128, 141 }));
        Assert.That(fromClip.Span.ToArray(), Is.EqualTo(fromFile.Span.ToArray()));
    }

    [Test]
    public void AxesThatASingleItemLeavesOutAreAdded([Values(2, 3, 4)] int rank)
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor item = TinyModels.ImageInput(1);
        NpyFile.Write(folder.PathOf("x.npy"), item.Reshape(item.Shape[(4 - rank)..]));
        FloatTensor read = model.ReadInput(folder.PathOf("x.npy"));
        Assert.That(read.Shape.ToArray(), Is.EqualTo([1, 1, TinyModels.Height, TinyModels.Width]));
        Assert.That(read.Span.ToArray(), Is.EqualTo(item.Span.ToArray()));
    }

    [Test]
    public void ASequenceModelTakesChannelsAndTime()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Sequence(channels: 5));
        NpyFile.Write(folder.PathOf("x.npy"), TinyModels.Input(1, 5, TinyModels.Width));
        Assert.That(model.ReadInput(folder.PathOf("x.npy")).Shape.ToArray(), Is.EqualTo([1, 5, TinyModels.Width]));
    }

    [Test]
    public void AnArrayWithTooManyAxesIsRefusedWithBothShapes()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        NpyFile.Write(folder.PathOf("x.npy"), new FloatTensor(1, 1, 1, TinyModels.Height, TinyModels.Width));
        Assert.That(() => model.ReadInput(folder.PathOf("x.npy")), Throws.ArgumentException.With.Message.Contains("(1, 1, 1, 13, 17)").And.Message.Contains("(N, 1, 13, 17)"));
    }

    [Test]
    public void AModelOfSamplesGetsSamplesAtItsRateFromFilesAndClips()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = RecordingModel.LoadForSamples();
        string file = SampleFiles.WriteTone(folder.PathOf("tone.wav"), 8000);
        FloatTensor input = model.ReadInput(file);
        Assert.That(input.Shape.ToArray(), Is.EqualTo([1, 1024]));
        Assert.That(input.Span.ToArray(), Is.EqualTo(model.FrontEnd!.ToSamples(WavReader.Read(file)).Span.ToArray()));
        Assert.That(model.ToInput(WavReader.Read(file)).Span.ToArray(), Is.EqualTo(input.Span.ToArray()));
    }

    [Test]
    public void AModelWithoutAContractSaysThatItNeedsAnArray()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        Assert.That(() => model.ToInput(new AudioClip(new float[10], 4000)), Throws.ArgumentException.With.Message.Contains("give it a .npy"));
    }
}
