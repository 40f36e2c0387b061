using System.Buffers.Binary;
using System.Text;

namespace AudioEmotionXai.Tests;

public sealed class NpyFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("aexai").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void TheBytesWrittenAreNumPys()
    {
        using MemoryStream stream = new();
        NpyFile.Write(stream, NpyArray.From(new float[] { 1, 2, 3 }, 1, 3));
        string header = Encoding.Latin1.GetString(stream.ToArray(), 0, 128);
        // numpy.save of np.array([[1, 2, 3]], np.float32), NumPy 1.24
        Assert.That(header, Is.EqualTo("\u0093NUMPY\u0001\0v\0" + "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }".PadRight(117) + "\n"));
        Assert.That(stream.Length, Is.EqualTo(128 + 12));
    }

    [Test]
    public void EveryTypeComesBackAsItWentIn()
    {
        Assert.That(RoundTrip(NpyArray.From(new[] { 1.5, double.NaN, double.NegativeInfinity }, 3)).ToDoubles(), Is.EqualTo(new[] { 1.5, double.NaN, double.NegativeInfinity }));
        Assert.That(RoundTrip(NpyArray.From(new[] { int.MinValue, 7 }, 2)).ToInt32s(), Is.EqualTo(new[] { int.MinValue, 7 }));
        Assert.That(RoundTrip(NpyArray.From(new[] { long.MaxValue }, 1, 1, 1)).ToInt64s(), Is.EqualTo(new[] { long.MaxValue }));
        Assert.That(RoundTrip(NpyArray.From(new[] { true, false }, 2, 1)).ToBooleans(), Is.EqualTo(new[] { true, false }));
        Assert.That(RoundTrip(NpyArray.From(["anger", "", "gniew 🙂"])).ToStrings(), Is.EqualTo(new[] { "anger", "", "gniew 🙂" }));
    }

    [Test]
    public void AScalarAndAnEmptyArrayComeBack()
    {
        Assert.That(RoundTrip(NpyArray.From(new[] { 2.5 })).Shape.Length, Is.Zero);
        Assert.That(RoundTrip(NpyArray.From(Array.Empty<double>(), 0, 5)).Shape.ToArray(), Is.EqualTo(new[] { 0, 5 }));
    }

    [TestCase("|b1", "00", 0)]
    [TestCase("|u1", "C8", 200)]
    [TestCase("|i1", "FF", -1)]
    [TestCase("<i2", "FEFF", -2)]
    [TestCase(">i2", "FFFE", -2)]
    [TestCase("<u2", "FEFF", 65534)]
    [TestCase("<i4", "FDFFFFFF", -3)]
    [TestCase(">i4", "FFFFFFFD", -3)]
    [TestCase(">i8", "FFFFFFFFFFFFFFFC", -4)]
    [TestCase("<u8", "0500000000000000", 5)]
    [TestCase(">u4", "00000006", 6)]
    [TestCase("<f2", "003E", 1.5)]
    [TestCase("<f4", "0000C03F", 1.5)]
    [TestCase(">f4", "3FC00000", 1.5)]
    [TestCase(">f8", "3FF8000000000000", 1.5)]
    public void EveryTypeAndByteOrderIsRead(string descr, string bytes, double expected)
    {
        NpyArray array = Parse(Build($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (1,), }}", Convert.FromHexString(bytes)));
        Assert.That(array.ToDoubles(), Is.EqualTo(new[] { expected }));
        Assert.That(array.ToFloats(), Is.EqualTo(new[] { (float)expected }));
    }

    [Test]
    public void BigEndianTextIsRead()
    {
        byte[] bytes = Encoding.GetEncoding("utf-32BE").GetBytes("ab");
        Assert.That(Parse(Build("{'descr': '>U2', 'fortran_order': False, 'shape': (1,), }", bytes)).ToStrings(), Is.EqualTo(new[] { "ab" }));
    }

    [Test]
    public void FortranOrderIsTurnedIntoRows()
    {
        byte[] bytes = [0, 3, 1, 4, 2, 5];
        Assert.That(Parse(Build("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", bytes)).ToInt32s(), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5 }));
        byte[] cube = [0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11];
        Assert.That(Parse(Build("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 3), }", cube)).ToInt32s(), Is.EqualTo(Enumerable.Range(0, 12)));
    }

    [Test]
    public void VersionsTwoAndThreeAreRead([Values(2, 3)] int version)
    {
        byte[] file = Build("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", [7, 8], version);
        Assert.That(Parse(file).ToInt32s(), Is.EqualTo(new[] { 7, 8 }));
    }

    [Test]
    public void EveryTruncationIsRefusedByName()
    {
        byte[] file = Build("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", new byte[8]);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.That(() => Parse(file[..length]), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("some.npy"), $"cut at {length}");
            Assert.That(() => NpyFile.ReadArray(new ForwardOnlyStream(file[..length]), "some.npy"), Throws.InstanceOf<NpyFormatException>(), $"cut at {length}");
        }
    }

    [Test]
    public void BytesAfterTheArrayAreRefused()
    {
        string path = Path.Combine(_folder, "long.npy");
        File.WriteAllBytes(path, [.. Build("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", [1, 2]), 3]);
        Assert.That(() => NpyFile.Read(path), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("1 bytes follow"));
    }

    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 4), }", "needs more than")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,), }", "file ends in the values")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "axis '-1'")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "axis '99999999999'")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': 3, }", "a tuple")]
    [TestCase("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "never loaded")]
    [TestCase("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "'<c8' is not read")]
    [TestCase("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "is not read")]
    [TestCase("{'descr': '<U99999999', 'fortran_order': False, 'shape': (1,), }", "is not read")]
    [TestCase("{'descr': '<f4', 'fortran_order': 1, 'shape': (1,), }", "True or False")]
    [TestCase("{'descr': '<f4', 'fortran_order': False}", "no 'shape'")]
    [TestCase("{'descr': '<f4", "closing quote")]
    [TestCase("__import__('os')", "not a Python dictionary")]
    [TestCase("{'shape': (1, 'fortran_order': False", "closing bracket")]
    [TestCase("", "not a Python dictionary")]
    public void AWrongHeaderIsRefusedWithItsReason(string header, string reason) =>
        Assert.That(() => Parse(Build(header, new byte[4])), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("some.npy").And.Message.Contains(reason));

    [Test]
    public void AnotherMagicOrVersionIsRefused()
    {
        Assert.That(() => Parse("PK\u0003\u0004 and more"u8.ToArray()), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("not an NPY file"));
        byte[] file = Build("{}", []);
        file[6] = 9;
        Assert.That(() => Parse(file), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("version 9.0"));
    }

    [Test]
    public void AHeaderLengthThatIsAbsurdIsRefusedBeforeItIsRead()
    {
        byte[] file = Build("{}", [], version: 2);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), uint.MaxValue);
        Assert.That(() => Parse(file), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("4294967295"));
    }

    [Test]
    public void AskingForAnotherKindSaysWhatIsThere()
    {
        Assert.That(() => NpyArray.From(["x"]).ToFloats(), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("<U1 (1)"));
        Assert.That(() => NpyArray.From(new[] { 1.5 }, 1).ToInt32s(), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("whole numbers"));
        Assert.That(() => NpyArray.From(new[] { long.MaxValue }, 1).ToInt32s(), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("does not fit"));
    }

    [Test]
    public void TensorsGoThroughFiles()
    {
        string path = Path.Combine(_folder, "map.npy");
        FloatTensor tensor = new(new float[] { 1, 2, 3, 4, 5, 6 }, 1, 2, 3);
        NpyFile.Write(path, tensor);
        FloatTensor read = NpyFile.Read(path);
        Assert.That(read.Shape.ToArray(), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(read.Memory.ToArray(), Is.EqualTo(tensor.Memory.ToArray()));
    }

    [Test]
    public void RandomDamageNeverEscapesAsAnythingElse()
    {
        byte[] good = Build("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", new byte[24]);
        NumPyRandom random = new(7);
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. good];
            for (int n = 0; n < 3; n++)
                damaged[random.Integer(0, damaged.Length)] = (byte)random.Integer(0, 256);
            try
            {
                _ = Parse(damaged);
            }
            catch (NpyFormatException)
            {
            }
        }

        Assert.Pass();
    }

    private static NpyArray Parse(byte[] file) => NpyFile.ReadArray(new MemoryStream(file), "some.npy");

    private static NpyArray RoundTrip(NpyArray array)
    {
        using MemoryStream stream = new();
        NpyFile.Write(stream, array);
        stream.Position = 0;
        return NpyFile.ReadArray(stream, "round trip");
    }

    private static byte[] Build(string header, byte[] values, int version = 1)
    {
        byte[] length = version == 1 ? new byte[2] : new byte[4];
        if (version == 1)
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)header.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. Encoding.Latin1.GetBytes(header), .. values];
    }
}
