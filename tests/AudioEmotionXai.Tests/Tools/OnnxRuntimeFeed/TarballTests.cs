using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using OnnxRuntimeFeed;

namespace AudioEmotionXai.Tests.Tools.OnnxRuntimeFeed;

public sealed class TarballTests
{
    [Test]
    public void OnlyWantedFilesAreUnpacked()
    {
        using TemporaryFolder folder = new();
        string tarball = Write(folder, ("package/LICENSE", "MIT"), ("package/Plugins/phone.aar", "large"), ("elsewhere/LICENSE", "no"));
        string content = Tarball.Unpack(tarball, folder.PathOf("out"), name => name == "LICENSE");
        string[] files = Directory.GetFiles(content, "*", SearchOption.AllDirectories);
        Assert.That(files, Is.EqualTo(new[] { Path.Combine(content, "LICENSE") }));
        Assert.That(File.ReadAllText(files[0]), Is.EqualTo("MIT"));
    }

    [Test]
    public void AFileThatWouldLandOutsideIsRefusedByName()
    {
        using TemporaryFolder folder = new();
        string tarball = Write(folder, ("package/../../evil", "x"));
        Assert.That(
            () => Tarball.Unpack(tarball, folder.PathOf("out/deeper"), _ => true),
            Throws.InstanceOf<FeedException>().With.Message.Contains("../../evil"));
    }

    private static string Write(TemporaryFolder folder, params (string Name, string Text)[] files)
    {
        string path = folder.PathOf("package.tgz");
        using GZipStream gzip = new(File.Create(path), CompressionLevel.Fastest);
        using TarWriter writer = new(gzip);
        foreach ((string name, string text) in files)
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return path;
    }
}
