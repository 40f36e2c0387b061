using System.IO.Compression;
using System.Text;

namespace AudioEmotionXai.Checkpoints.Tests;

public sealed class TorchCheckpointTests
{
    private static readonly double[] Values = [0, 1, -2, 0.5, 8, -0.125];
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public void EveryElementTypeIsRead([Values("FloatStorage", "DoubleStorage", "HalfStorage", "BFloat16Storage")] string storageClass) =>
        Assert.That(Read(new StoredTensor([2, 3], Values) { StorageClass = storageClass }), Is.EqualTo(Values));

    [Test]
    public void TwoEntriesOfOneNameAreRefused()
    {
        string path = _folder.Write("two.pt", CheckpointWriter.Zip([new("data.pkl", [1]), new("data.pkl", [2])]));
        Assert.That(() => TorchCheckpoint.Open(path), Throws.TypeOf<ModelFormatException>().With.Message.Contains("two entries of the name 'tiny/data.pkl'"));
    }

    [Test]
    public void WholeNumbersAreRead() =>
        Assert.That(Read(new StoredTensor([3], [1, -7, 1L << 40]) { StorageClass = "LongStorage" }), Is.EqualTo(new double[] { 1, -7, 1L << 40 }));

    [Test]
    public void StridesAndOffsetsAreFollowed()
    {
        double[] storage = [.. Enumerable.Range(0, 30).Select(i => (double)i)];
        StoredTensor view = new([2, 3, 2], storage) { Offset = 3, Strides = [1, 2, 10] };
        Assert.That(Read(view), Is.EqualTo(new double[] { 3, 13, 5, 15, 7, 17, 4, 14, 6, 16, 8, 18 }));
    }

    [Test]
    public void ScalarsAndEmptyTensorsAreRead()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(new StoredTensor([], [4])), Is.EqualTo(new double[] { 4 }));
            Assert.That(Read(new StoredTensor([0, 3], [])), Is.Empty);
        }
    }

    [Test]
    public void AStateDictInsideATrainingCheckpointIsFound()
    {
        byte[] pickle = PickleWriter.Write(writer => writer.Op('}').Op('(').Text("epoch").Int(3).Text("model_state_dict").Raw(CheckpointWriter.StateDictPickle([new("weight", new StoredTensor([2], [1, 2]))]).AsSpan()[2..^1]).Op('u'));
        using TorchCheckpoint checkpoint = Open(CheckpointWriter.Zip([new("data.pkl", pickle), new("data/0", new StoredTensor([2], [1, 2]).StorageBytes())]));
        Assert.That(checkpoint.Read("weight"), Is.EqualTo(new double[] { 1, 2 }));
    }

    [TestCase(new long[] { 3, 3 }, null, 0L, TestName = "MoreElementsThanTheStorageHasAreRefused")]
    [TestCase(new long[] { 2, 3 }, new long[] { 3, 2 }, 0L, TestName = "StridesThatLeaveTheStorageAreRefused")]
    [TestCase(new long[] { 2, 3 }, null, 1L, TestName = "AnOffsetThatLeavesTheStorageIsRefused")]
    [TestCase(new long[] { 2, 3 }, null, -1L, TestName = "ANegativeOffsetIsRefused")]
    [TestCase(new long[] { 2, 1 << 30, 1 << 30 }, new long[] { 0, 0, 0 }, 0L, TestName = "AbsurdlyManyRepeatedElementsAreRefused")]
    [TestCase(new long[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, null, 0L, TestName = "ShapesThatOverflowAreRefused")]
    [TestCase(new long[] { 1, 1 }, new long[] { long.MaxValue, long.MaxValue }, long.MaxValue, TestName = "OffsetsThatOverflowAreRefused")]
    public void TensorsMayNotReachOutsideTheirStorage(long[] shape, long[]? strides, long offset) =>
        Assert.That(() => Read(new StoredTensor(shape, Values) { Strides = strides, Offset = offset }), Refuses("reaches outside its storage '0' of 6 elements"));

    [Test]
    public void NegativeShapesAreRefused() =>
        Assert.That(() => Read(new StoredTensor([-2, 3], Values) { Strides = [3, 1] }), Refuses("whose shape holds -2"));

    [Test]
    public void AStorageOfAnotherSizeThanDeclaredIsRefusedBeforeItIsRead([Values(7L, 1L << 60)] long declared) =>
        Assert.That(() => Read(new StoredTensor([2, 3], Values) { DeclaredCount = declared }), Refuses($"entry tiny/data/0: has 24 bytes, but the checkpoint declares {declared} elements of Float32"));

    [Test]
    public void StoragesThatAreNotKnownAreRefusedByName() =>
        Assert.That(() => Read(new StoredTensor([2], [1, 2]) { StorageClass = "ComplexFloatStorage" }), Refuses("'torch.ComplexFloatStorage'"));

    [Test]
    public void AMissingStorageIsNamed() =>
        Assert.That(() => ReadAll(CheckpointWriter.Zip([new("data.pkl", CheckpointWriter.StateDictPickle([new("weight", new StoredTensor([1], [1]))]))])), Refuses("tiny.pt, entry tiny/data/0: is missing"));

    [Test]
    public void CompressedEntriesAreRefused() =>
        Assert.That(() => ReadAll(CheckpointWriter.Write([new("weight", new StoredTensor([4000], new double[4000]))], CompressionLevel.Optimal)), Refuses("is compressed"));

    [Test]
    public void DamagedStoragesAreFoundByTheirChecksum()
    {
        byte[] bytes = CheckpointWriter.Write([new("weight", new StoredTensor([6], Values))]);
        int place = bytes.AsSpan().IndexOf(new StoredTensor([6], Values).StorageBytes());
        bytes[place + 5] ^= 1;
        Assert.That(() => ReadAll(bytes), Refuses("entry tiny/data/0: is damaged: its checksum"));
    }

    [Test]
    public void BigEndianCheckpointsAreRefused() =>
        Assert.That(() => ReadAll(CheckpointWriter.Zip([new("data.pkl", PickleWriter.Write(writer => writer.Op('}'))), new("byteorder", "big"u8.ToArray())])), Refuses("is 'big'; only 'little' is read"));

    [Test]
    public void AWholePickledModelIsRefusedByItsClass() =>
        Assert.That(() => ReadAll(CheckpointWriter.Zip([new("data.pkl", PickleWriter.Write(writer => writer.Global("audio_resnet", "AudioResNet").Op(')').Op(0x81)))])), Refuses("'audio_resnet.AudioResNet'"));

    [Test]
    public void AnythingButAStateDictIsRefused() =>
        Assert.That(() => ReadAll(CheckpointWriter.Zip([new("data.pkl", PickleWriter.Write(writer => writer.Op(']')))])), Refuses("holds no state dict"));

    [Test]
    public void ValuesThatAreNotTensorsAreRefusedByKey() =>
        Assert.That(() => ReadAll(CheckpointWriter.Zip([new("data.pkl", PickleWriter.Write(writer => writer.Op('}').Text("epoch").Int(3).Op('s')))])), Refuses("'epoch' is not a tensor"));

    [Test]
    public void FilesThatAreNotCheckpointsSayWhatTheyAreNot()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => ReadAll([]), Refuses("is empty"));
            Assert.That(() => ReadAll("\u0080\u0002\u008a\nl\u00fc"u8.ToArray()), Refuses("before PyTorch 1.6"));
            Assert.That(() => ReadAll(CheckpointWriter.Zip([new("word/document.xml", [])])), Refuses("without the entry data.pkl"));
            Assert.That(() => TorchCheckpoint.Open(_folder.PathOf("absent.pt")), Throws.TypeOf<FileNotFoundException>());
        }
    }

    [Test]
    public void EveryTruncationIsAnErrorThatNamesTheFile()
    {
        byte[] whole = CheckpointWriter.Write([new("a", new StoredTensor([6], Values)), new("b", new StoredTensor([2], [1, 2]))]);
        Assert.That(() => ReadAll(whole), Throws.Nothing);
        for (int length = 0; length < whole.Length; length++)
            Assert.That(() => ReadAll(whole[..length]), Refuses("tiny.pt"), $"cut at {length}");
    }

    [Test]
    public void RandomDamageNeverEscapesAsAnotherException()
    {
        byte[] whole = CheckpointWriter.Write([new("a", new StoredTensor([6], Values)), new("b", new StoredTensor([2], [1, 2]))]);
        Random random = new(11);
        for (int attempt = 0; attempt < 2000; attempt++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Assert.That(() => ReadOrRefuse(damaged), Throws.Nothing, $"attempt {attempt}");
        }
    }

    [Test]
    public void AFileIsNotHeldOpenAfterAnError()
    {
        string path = _folder.Write("held.pt", "PK\u0003\u0004 and nothing more"u8);
        Assert.That(() => TorchCheckpoint.Open(path), Throws.TypeOf<ModelFormatException>());
        using FileStream exclusive = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.That(exclusive.Length, Is.EqualTo(Encoding.ASCII.GetByteCount("PK.. and nothing more")));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refuses(string text) => Throws.TypeOf<ModelFormatException>().With.Message.Contains(text);

    private TorchCheckpoint Open(byte[] file) => TorchCheckpoint.Open(_folder.Write("tiny.pt", file));

    private double[] Read(StoredTensor tensor)
    {
        using TorchCheckpoint checkpoint = Open(CheckpointWriter.Write([new("weight", tensor)]));
        return checkpoint.Read("weight");
    }

    private void ReadAll(byte[] file)
    {
        using TorchCheckpoint checkpoint = Open(file);
        foreach (string name in checkpoint.Names)
            checkpoint.Read(name);
    }

    private void ReadOrRefuse(byte[] file)
    {
        try
        {
            ReadAll(file);
        }
        catch (ModelFormatException)
        {
            // A refusal is as good as a result; anything else is not.
        }
    }
}
