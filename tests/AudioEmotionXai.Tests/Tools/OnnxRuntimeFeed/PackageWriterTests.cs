using System.IO.Compression;
using System.Xml.Linq;
using OnnxRuntimeFeed;

namespace AudioEmotionXai.Tests.Tools.OnnxRuntimeFeed;

public sealed class PackageWriterTests
{
    [Test]
    public void ThePackageHoldsItsFilesItsLicenceAndItsDependencies()
    {
        using TemporaryFolder folder = new();
        string path = Write(folder, "one.nupkg");
        using ZipArchive zip = ZipFile.OpenRead(path);
        XElement manifest = XDocument.Load(zip.GetEntry("Some.Id.nuspec")!.Open()).Root!;
        Assert.Multiple(() =>
        {
            Assert.That(zip.Entries.Select(entry => entry.FullName), Is.SupersetOf(new[] { "LICENSE", "runtimes/linux-x64/native/lib.so", "[Content_Types].xml", "_rels/.rels" }));
            Assert.That(Values(manifest, "id"), Is.EqualTo(new[] { "Some.Id" }));
            Assert.That(Values(manifest, "version"), Is.EqualTo(new[] { PackageSet.Version }));
            Assert.That(Values(manifest, "license"), Is.EqualTo(new[] { "LICENSE" }));
            Assert.That(Named(manifest, "dependency").Single().Attribute("id")!.Value, Is.EqualTo("Other.Id"));
        });
    }

    [Test]
    public void TheSameInputGivesTheSameBytes()
    {
        using TemporaryFolder folder = new();
        Assert.That(File.ReadAllBytes(Write(folder, "one.nupkg")), Is.EqualTo(File.ReadAllBytes(Write(folder, "two.nupkg"))));
    }

    private static string Write(TemporaryFolder folder, string name)
    {
        string path = folder.PathOf(name);
        FeedPackage package = new("Some.Id", "For a test.", [new PackageDependency("Other.Id", "2.0.0")],
            [("LICENSE", folder.Write("LICENSE", "MIT")), ("runtimes/linux-x64/native/lib.so", folder.Write("lib.so", "code"))]);
        PackageWriter.Write(package, path);
        return path;
    }

    private static IEnumerable<XElement> Named(XElement root, string name) => root.Descendants().Where(element => element.Name.LocalName == name);

    private static IEnumerable<string> Values(XElement root, string name) => Named(root, name).Select(element => element.Value);
}
