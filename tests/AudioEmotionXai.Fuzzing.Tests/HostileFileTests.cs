using System.IO.Compression;
using System.Text;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Archives, pickles and texts that somebody made to do harm.</summary>
public sealed class HostileFileTests
{
    private const string OneByte = "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }";
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public void AnArchiveThatUnpacksToAThousandTimesItsSizeIsRefusedUnread()
    {
        byte[] zip = Declaring(300_000_000, Zip(CompressionLevel.Optimal, ("bomb.npy", Headed("{'descr': '|u1', 'fortran_order': False, 'shape': (300000000,), }", 1 << 20))));
        AssertBounded(zip.Length, 1 << 20, () => Assert.That(() => NpzFile.Read(_folder.Write("bomb.npz", zip)), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("bomb.npz").And.Message.Contains("unpacked")));
    }

    [Test]
    public void AnArchiveThatLiesAboutItsSizeIsReadNoFurtherThanItSays()
    {
        byte[] zip = Declaring(1000, Zip(CompressionLevel.Optimal, ("lie.npy", Headed("{'descr': '|u1', 'fortran_order': False, 'shape': (40000000,), }", 40_000_000))));
        AssertBounded(zip.Length, 4 << 20, () => Assert.That(() => NpzFile.Read(_folder.Write("lie.npz", zip)), Throws.InstanceOf<NpyFormatException>()));
    }

    [Test]
    public void NamesInAnArchiveAreNeverPaths()
    {
        byte[] zip = Zip(CompressionLevel.NoCompression, ("../../outside.npy", Headed(OneByte, 1)), ("/etc/inside.npy", Headed(OneByte, 1)));
        NpzFile file = NpzFile.Read(_folder.Write("names.npz", zip));
        Assert.That(file.Names, Is.EquivalentTo(new[] { "../../outside", "/etc/inside" }));
        Assert.That(File.Exists(_folder.PathOf("../../outside.npy")), Is.False);
    }

    [Test]
    public void ADeflatedCheckpointIsRefusedUnread()
    {
        byte[] zip = CheckpointWriter.Zip([new("data.pkl", new byte[20 << 20])], CompressionLevel.Optimal);
        AssertBounded(zip.Length, 2 << 20, () => Assert.That(() => CheckpointExporter.Export(_folder.Write("bomb.pt", zip)), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("compressed")));
    }

    [Test]
    public void APickleThatDecodesOneLongTextOverAndOverIsRefused()
    {
        string text = new('a', 1 << 20);
        byte[] pickle = PickleWriter.Write(writer =>
        {
            writer.Text(text).Op('q').Op(0).Op('0').Text("latin1").Op('q').Op(1).Op('0').Op('(');
            for (int i = 0; i < 400; i++)
                writer.Global("_codecs", "encode").Op('h').Op(0).Op('h').Op(1).Op(0x86).Op('R');
            writer.Op('t');
        });
        AssertBounded(pickle.Length, 64 << 20, () => Assert.That(
            () => LabelMapping.Read(_folder.Write("repeat.npy", LabelFiles.NumPyFile(pickle))), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("decodes more than")));
    }

    [Test]
    public void TuplesNestedAHundredThousandTimesDoNotOverflowTheStack()
    {
        byte[] pickle = PickleWriter.Write(writer =>
        {
            writer.Op(')');
            for (int i = 0; i < 100_000; i++)
                writer.Op(0x85);
        });
        OnSmallStack(() => Assert.That(() => LabelMapping.Read(_folder.Write("deep.npy", LabelFiles.NumPyFile(pickle))), Throws.InstanceOf<ModelFormatException>()));
    }

    [Test]
    public void JsonNestedAHundredThousandTimesDoesNotOverflowTheStack()
    {
        string deep = new('[', 100_000);
        OnSmallStack(() =>
        {
            Assert.That(() => FrontEndContract.Parse(deep, "deep.json"), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("deep.json"));
            Assert.That(() => LabelMapping.Read(_folder.Write("deep.json", deep)), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("deep.json"));
        });
    }

    [TestCase("[\"a\", \"\\ud800\"]")]
    [TestCase("{\"\\udc00\": 0}")]
    public void HalfACharacterInJsonIsRefused(string json) =>
        Assert.That(() => LabelMapping.Read(_folder.Write("half.json", json)), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("half.json"));

    [Test]
    public void JsonThatIsNotUtf8IsRefused()
    {
        byte[] json = [.. "[\"a\", \""u8, 0xFE, 0x85, .. "\"]"u8];
        Assert.That(() => LabelMapping.Read(_folder.Write("bytes.json", json)), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("bytes.json"));
        string contract = FrontEndText.Json.Replace("anger", "\\ud800", StringComparison.Ordinal);
        Assert.That(() => FrontEndContract.Parse(contract, "half.json"), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("half.json"));
    }

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>An .npy file with a header of one's own.</summary>
    private static byte[] Headed(string header, int bytes)
    {
        string padded = header.PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, .. WavBuilder.UInt16(padded.Length), .. Encoding.Latin1.GetBytes(padded), .. new byte[bytes]];
    }

    /// <summary>Changes the unpacked length of the last entry in an archive's directory, which is what readers go by.</summary>
    private static byte[] Declaring(uint length, byte[] zip)
    {
        int directory = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 24), length);
        return zip;
    }

    private static void AssertBounded(long size, long bound, Action work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(bound + (4 * size)));
    }

    private static void OnSmallStack(Action work)
    {
        Exception? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    work();
                }
                catch (Exception caught)
                {
                    failure = caught;
                }
            },
            256 << 10);
        thread.Start();
        thread.Join();
        Assert.That(failure, Is.Null);
    }
}
