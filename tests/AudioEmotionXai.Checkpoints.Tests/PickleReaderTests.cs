namespace AudioEmotionXai.Checkpoints.Tests;

public sealed class PickleReaderTests
{
    [TestCase("posix", "system")]
    [TestCase("nt", "system")]
    [TestCase("builtins", "eval")]
    [TestCase("builtins", "exec")]
    [TestCase("__builtin__", "eval")]
    [TestCase("subprocess", "Popen")]
    [TestCase("torch", "load")]
    [TestCase("torch._utils", "_rebuild_tensor")]
    [TestCase("collections", "OrderedDict.__init__")]
    [TestCase("numpy.core.multiarray", "scalar")]
    public void AGlobalThatAStateDictDoesNotNeedIsRefusedByName(string module, string name)
    {
        byte[] attack = PickleWriter.Write(writer => writer.Global(module, name).Op('(').Text("echo harm").Op('t').Op('R'));
        Assert.That(() => Read(attack), Refuses($"'{module}.{name}'").And.Message.Contains("Nothing in the file was executed"));
    }

    [Test]
    public void TheNewerWayToNameAGlobalIsRefusedJustTheSame() =>
        Assert.That(() => Read(PickleWriter.Write(writer => writer.StackGlobal("posix", "system").Op(')').Op('R'), protocol: 4)), Refuses("'posix.system'"));

    [Test]
    public void APickleOfAnOldProtocolIsRefusedByNameToo() =>
        Assert.That(() => Read("cposix\nsystem\n(S'ls'\ntR."u8.ToArray()), Refuses("'posix.system'"));

    [Test]
    public void MakingAnInstanceOfAClassIsRefusedByName() =>
        Assert.That(() => Read(PickleWriter.Write(writer => writer.Op('(').Text("ls").Op('i').Raw("posix\nsystem\n"u8))), Refuses("'posix.system'"));

    [Test]
    public void ANewObjectIsRefusedEvenOfAKnownClass() =>
        Assert.That(() => Read(PickleWriter.Write(writer => writer.Global("collections", "OrderedDict").Op(')').Op(0x81))), Refuses("collections.OrderedDict"));

    [Test]
    public void AKnownNameIsNotCalledWithWhatItDoesNotTake() =>
        Assert.That(() => Read(PickleWriter.Write(writer => writer.Global("collections", "OrderedDict").Tuple(1).Op('R'))), Refuses("OrderedDict with 1 arguments"));

    [Test]
    public void ATypeIsNotCalled() =>
        Assert.That(() => Read(PickleWriter.Write(writer => writer.Global("torch", "FloatStorage").Op(')').Op('R'))), Refuses("'torch.FloatStorage', which is a type"));

    [TestCase(0x82, TestName = "ExtensionCodesAreRefused")]
    [TestCase(0x97, TestName = "OutOfBandBuffersAreRefused")]
    [TestCase(0x50, TestName = "TextualPersistentIdsAreRefused")]
    [TestCase(0xff, TestName = "UnknownInstructionsAreRefused")]
    public void OtherInstructionsAreRefusedByByte(int opcode) =>
        Assert.That(() => Read(PickleWriter.Write(writer => writer.Op((byte)opcode))), Refuses($"byte 2 is 0x{opcode:x2}"));

    [Test]
    public void LengthsBeyondTheFileAreRefusedBeforeAnythingIsAllocated()
    {
        byte[] text = PickleWriter.Write(writer => writer.Op('X').UInt32(uint.MaxValue));
        byte[] bytes = PickleWriter.Write(writer => writer.Op(0x8e).UInt64(ulong.MaxValue));
        byte[] frame = PickleWriter.Write(writer => writer.Op(0x95).UInt64(1UL << 62));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Read(text), Refuses("asks for 4294967295 bytes where 1 are left"));
            Assert.That(() => Read(bytes), Refuses("asks for 18446744073709551615 bytes"));
            Assert.That(() => Read(frame), Refuses("opens a frame of"));
        }
    }

    [Test]
    public void NestingIsBounded() =>
        Assert.That(() => Read(PickleWriter.Write(writer => writer.Raw(Enumerable.Repeat((byte)'(', 100_000).ToArray()))), Refuses("nests more than 256 deep"));

    [Test]
    public void TheStackIsBounded() =>
        Assert.That(() => Read(PickleWriter.Write(writer => writer.Raw(Enumerable.Repeat((byte)'N', 1_100_000).ToArray()))), Refuses("stacks more than"));

    [Test]
    public void AListThatHoldsItselfDoesNoHarm()
    {
        byte[] pickle = PickleWriter.Write(writer => writer.Op(']').Op('q').Op(0).Op('h').Op(0).Op('a'));
        Assert.That(Read(pickle), Is.InstanceOf<List<object?>>());
    }

    [Test]
    public void EmptyStacksMissingMarksAndMemosAreRefused([Values("R", "t", "h\u0007", "a", "s", "u", "b", "Q", ".", "0", "1", "2")] string instructions) =>
        Assert.That(() => Read(PickleWriter.Write(writer => writer.Raw(instructions.Select(c => (byte)c).ToArray()))), Throws.TypeOf<ModelFormatException>());

    [Test]
    public void EveryTruncationIsAnErrorThatNamesTheSource()
    {
        byte[] whole = CheckpointWriter.StateDictPickle([new("weight", new StoredTensor([2, 3], new double[6]))]);
        Assert.That(Read(whole), Is.InstanceOf<PickleDictionary>());
        for (int length = 0; length < whole.Length; length++)
            Assert.That(() => Read(whole[..length]), Refuses("tiny.pt, entry data.pkl"), $"cut at {length}");
    }

    [Test]
    public void RandomDamageNeverEscapesAsAnotherException()
    {
        byte[] whole = CheckpointWriter.StateDictPickle([new("a", new StoredTensor([2, 3], new double[6])), new("b", new StoredTensor([2], new double[2]))]);
        Random random = new(7);
        for (int attempt = 0; attempt < 3000; attempt++)
        {
            byte[] damaged = [.. whole];
            for (int i = 0; i <= attempt % 3; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Assert.That(() => ReadOrNull(damaged), Throws.Nothing);
        }
    }

    [Test]
    public void ValuesOfEveryKindAreRead()
    {
        byte[] pickle = PickleWriter.Write(
            writer => writer.Op(0x95).UInt64(2).Op('(')
                .Op('N').Bool(true).Int(200).Int(-5).Int(long.MinValue).Op('M').Op(1).Op(2).Op('G').Raw([0x3f, 0xf8, 0, 0, 0, 0, 0, 0])
                .Op(0x8c).Op(2).Raw("\u017c"u8).Op('C').Op(2).Raw([1, 2]).Op(0x94).Op('0').Op('h').Op(0).Op(0x8a).Op(0).Op('t'),
            protocol: 5);
        object?[] expected = [null, true, 200L, -5L, long.MinValue, 513L, 1.5, "\u017c", new byte[] { 1, 2 }, 0L];
        Assert.That(((PickleTuple)Read(pickle)!).Items.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void ALabelMappingMayNotNameWhatAStateDictMay() =>
        Assert.That(() => PickleReader.Read(PickleWriter.Write(writer => writer.Global("torch", "FloatStorage")), "labels.npy", new NumPyVocabulary()), Refuses("'torch.FloatStorage', which a label mapping does not need"));

    private static NUnit.Framework.Constraints.ContainsConstraint Refuses(string text) => Throws.TypeOf<ModelFormatException>().With.Message.Contains(text);

    private static object? Read(byte[] pickle) => PickleReader.Read(pickle, "tiny.pt, entry data.pkl", new TorchVocabulary());

    private static object? ReadOrNull(byte[] pickle)
    {
        try
        {
            return Read(pickle);
        }
        catch (ModelFormatException)
        {
            return null;
        }
    }
}
