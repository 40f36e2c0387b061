using System.IO.Compression;

namespace AudioEmotionXai.Tests;

public sealed class NpzFileTests
{
    private string _path = "";

    [SetUp]
    public void MakeFolder() => _path = Path.Combine(Directory.CreateTempSubdirectory("aexai").FullName, "some.npz");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public void TwoArraysOfOneNameAreRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("two.npz");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
            for (int i = 0; i < 2; i++)
            {
                using Stream entry = zip.CreateEntry("a.npy").Open();
                NpyFile.Write(entry, NpyArray.From(new int[] { i }, 1));
            }

        Assert.That(() => NpzFile.Read(path), Throws.TypeOf<NpyFormatException>().With.Message.Contains("two arrays of the name 'a.npy'"));
    }

    [Test]
    public void ArraysComeBackByName()
    {
        NpzFile.Write(_path, [new("a", NpyArray.From(new[] { 1, 2 }, 2)), new("b", NpyArray.From(["x"]))]);
        NpzFile read = NpzFile.Read(_path);
        Assert.That(read.Names, Is.EquivalentTo(new[] { "a", "b" }));
        Assert.That(read["a"].ToInt32s(), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(() => read["c"], Throws.InstanceOf<NpyFormatException>().With.Message.Contains("there are a, b"));
    }

    [Test]
    public void StoredEntriesAreReadToo()
    {
        using (ZipArchive archive = ZipFile.Open(_path, ZipArchiveMode.Create))
        using (Stream entry = archive.CreateEntry("x.npy", CompressionLevel.NoCompression).Open())
            NpyFile.Write(entry, NpyArray.From(new[] { 4L }, 1));
        Assert.That(NpzFile.Read(_path)["x"].ToInt64s(), Is.EqualTo(new[] { 4L }));
    }

    [Test]
    public void EveryTruncationIsRefusedByName()
    {
        NpzFile.Write(_path, [new("a", NpyArray.From(new[] { 1, 2 }, 2))]);
        byte[] file = File.ReadAllBytes(_path);
        for (int length = 0; length < file.Length; length += 3)
        {
            File.WriteAllBytes(_path, file[..length]);
            Assert.That(() => NpzFile.Read(_path), Throws.InstanceOf<NpyFormatException>().With.Message.Contains("some.npz"), $"cut at {length}");
        }
    }
}
