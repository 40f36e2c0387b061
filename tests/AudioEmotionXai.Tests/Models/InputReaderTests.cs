namespace AudioEmotionXai.Tests;

public sealed class InputReaderTests
{
    [Test]
    public void ARecordingInMemoryGivesWhatItsFileGives()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = AudioClassifier.Load(BundledModel.Path);
        string file = SampleFiles.WriteTone(folder.PathOf("tone.wav"), 16000);
        FloatTensor fromFile = InputReader.Read(file, model), fromClip = InputReader.Read(WavReader.Read(file), model);
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
        FloatTensor read = InputReader.Read(folder.PathOf("x.npy"), model);
        Assert.That(read.Shape.ToArray(), Is.EqualTo([1, 1, TinyModels.Height, TinyModels.Width]));
        Assert.That(read.Span.ToArray(), Is.EqualTo(item.Span.ToArray()));
    }

    [Test]
    public void ASequenceModelTakesChannelsAndTime()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Sequence(channels: 5));
        NpyFile.Write(folder.PathOf("x.npy"), TinyModels.Input(1, 5, TinyModels.Width));
        Assert.That(InputReader.Read(folder.PathOf("x.npy"), model).Shape.ToArray(), Is.EqualTo([1, 5, TinyModels.Width]));
    }

    [Test]
    public void AnArrayWithTooManyAxesIsRefusedWithBothShapes()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        NpyFile.Write(folder.PathOf("x.npy"), new FloatTensor(1, 1, 1, TinyModels.Height, TinyModels.Width));
        Assert.That(() => InputReader.Read(folder.PathOf("x.npy"), model), Throws.ArgumentException.With.Message.Contains("(1, 1, 1, 13, 17)").And.Message.Contains("(N, 1, 13, 17)"));
    }
}
