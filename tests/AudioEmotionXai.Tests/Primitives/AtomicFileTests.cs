using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Tests.Primitives;

public sealed class AtomicFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("aexai").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void AFailureLeavesTheOldFileAndNothingElse()
    {
        string path = Path.Combine(_folder, "map.npy");
        AtomicFile.WriteAllText(path, "old");
        Assert.That(() => AtomicFile.Write(path, stream => Fail(stream)), Throws.InvalidOperationException);
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void MissingFoldersAreMade()
    {
        string path = Path.Combine(_folder, "a", "b", "x.txt");
        AtomicFile.WriteAllText(path, "zażółć");
        Assert.That(File.ReadAllText(path), Is.EqualTo("zażółć"));
    }

    private static void Fail(Stream stream)
    {
        stream.WriteByte(1);
        throw new InvalidOperationException();
    }
}
