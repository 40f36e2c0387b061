namespace AudioEmotionXai.Tests;

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

    [Test]
    public void OfFilesThatBelongTogetherNoneIsThereWhereOneCannotBeWritten()
    {
        AtomicFile.WriteAllText(Path.Combine(_folder, "first.txt"), "old");
        KeyValuePair<string, ReadOnlyMemory<byte>>[] files = [new("first.txt", new byte[] { 1 }), new("no\0name", new byte[] { 2 })];
        Assert.That(() => AtomicFile.WriteAll(_folder, files), Throws.ArgumentException);
        Assert.That(File.ReadAllText(Path.Combine(_folder, "first.txt")), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void FilesThatBelongTogetherAppearTogether()
    {
        AtomicFile.WriteAll(Path.Combine(_folder, "new"), [new("a.txt", new byte[] { 65 }), new("b/c.txt", new byte[] { 66 })]);
        Assert.That(File.ReadAllText(Path.Combine(_folder, "new", "a.txt")) + File.ReadAllText(Path.Combine(_folder, "new", "b", "c.txt")), Is.EqualTo("AB"));
        Assert.That(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), Has.Length.EqualTo(2));
    }

    [Test]
    public void ANameMayBeAsLongAsNamesAre()
    {
        string path = Path.Combine(_folder, new string('n', 251) + ".npy");
        AtomicFile.WriteAllText(path, "all of it");
        Assert.That(File.ReadAllText(path), Is.EqualTo("all of it"));
    }

    [Test]
    public void WhatAKilledProcessLeftIsRemovedAndWhatAnotherStillWritesIsNot()
    {
        string left = Path.Combine(_folder, ".aexai-left.tmp"), fresh = Path.Combine(_folder, ".aexai-fresh.tmp"), held = Path.Combine(_folder, ".aexai-held.tmp"), other = Path.Combine(_folder, ".other.tmp");
        foreach (string file in new[] { left, fresh, held, other })
            File.WriteAllText(file, "half");
        using FileStream writer = new(held, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
        foreach (string file in new[] { left, held, other })
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        AtomicFile.WriteAllText(Path.Combine(_folder, "map.npy"), "new");
        Assert.That(Directory.GetFiles(_folder), Is.EquivalentTo(new[] { fresh, held, other, Path.Combine(_folder, "map.npy") }));
    }

    [Test]
    public void WhatHasToLastIsWrittenLikeAnythingElse()
    {
        string path = Path.Combine(_folder, "part.csv");
        AtomicFile.WriteAllText(path, "rows", lasts: true);
        Assert.That(File.ReadAllText(path), Is.EqualTo("rows"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    private static void Fail(Stream stream)
    {
        stream.WriteByte(1);
        throw new InvalidOperationException();
    }
}
