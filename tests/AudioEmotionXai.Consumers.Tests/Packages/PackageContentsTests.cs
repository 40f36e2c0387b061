using System.IO.Compression;
using System.Xml.Linq;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>What is in the packages, file by file: a file that is not listed here is not shipped.</summary>
public sealed class PackageContentsTests
{
    private const string Core = "AudioEmotionXai";
    private const string Hosting = "AudioEmotionXai.Extensions.DependencyInjection";
    private const string Evaluation = "AudioEmotionXai.Evaluation";
    private const string Reporting = "AudioEmotionXai.Reporting";
    private const string Checkpoints = "AudioEmotionXai.Checkpoints";
    private const string Tool = "AudioEmotionXai.Tool";

    private static readonly string[] s_libraries = [Core, Evaluation, Reporting, Checkpoints, Hosting];
    private static readonly string[] s_all = [.. s_libraries, Tool];

    [TestCaseSource(nameof(s_libraries))]
    public void ALibrarysPackageHoldsOneAssemblyItsDocumentationAndItsPage(string id)
    {
        string[] expected = [$"{id}.nuspec", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", "README.md", "icon.png"];
        Assert.That(FilesOf(id), Is.EquivalentTo(expected));
    }

    [TestCaseSource(nameof(s_libraries))]
    public void ALibrarysSymbolsArePacked(string id)
    {
        using ZipArchive symbols = PackedFiles.Open(id, "snupkg");
        Assert.That(symbols.Entries.Select(entry => entry.FullName), Does.Contain($"lib/net10.0/{id}.pdb"));
    }

    [Test]
    public void TheCoreIsSmallAndHoldsNoNativeLibrary()
    {
        Assert.That(new FileInfo(PackedFiles.PathOf(Core)).Length, Is.LessThan(1_000_000), "bytes");
        Assert.That(FilesOf(Core).Where(name => name.StartsWith("runtimes/", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase(Core, "Google.Protobuf", "MathNet.Numerics", "Microsoft.ML.OnnxRuntime.Managed", "NWaves", "System.Numerics.Tensors")]
    [TestCase(Evaluation, "AudioEmotionXai", "MathNet.Numerics")]
    [TestCase(Reporting, "AudioEmotionXai", "AudioEmotionXai.Evaluation", "System.IO.Hashing")]
    [TestCase(Checkpoints, "AudioEmotionXai", "System.IO.Hashing")]
    [TestCase(Hosting, "AudioEmotionXai", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options")]
    [TestCase(Tool)]
    public void APackageDependsOnThisAndNothingElse(string id, params string[] expected) =>
        Assert.That(Nuspec(id).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value), Is.EquivalentTo(expected));

    [TestCaseSource(nameof(s_all))]
    public void APackageSaysWhatItIs(string id)
    {
        XElement metadata = Nuspec(id).Root!.Elements().Single();
        string Text(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.That(Text("id"), Is.EqualTo(id));
        if (id != Tool)
            Assert.That(Text("license"), Is.EqualTo("MIT"));
        Assert.That(Text("description"), Has.Length.GreaterThan(40));
        Assert.That((Text("icon"), Text("readme")), Is.EqualTo(("icon.png", "README.md")));
        Assert.That(FilesOf(id), Does.Contain("icon.png").And.Contain("README.md"));
    }

    [Test]
    public void TheToolBringsItsModelAndALibraryForEveryProcessor()
    {
        string[] files = FilesOf(Tool);
        Assert.That(files, Does.Contain("tools/net10.0/any/aexai.dll").And.Contain("tools/net10.0/any/models/audio_resnet_nemo.onnx").And.Contain("tools/net10.0/any/models/LICENSE"));
        string[] natives = [.. files.Where(name => name.Contains("/runtimes/", StringComparison.Ordinal) && name.Contains("onnxruntime", StringComparison.Ordinal)).Select(name => name.Split('/')[4])];
        Assert.That(natives, Is.SupersetOf(new[] { "linux-x64", "linux-arm64", "win-x64", "win-arm64", "osx-arm64" }));
        Assert.That(natives, Is.Unique, "one library for each: no execution providers");
    }

    [TestCaseSource(nameof(s_all))]
    public void NoFolderOfTheBuildingMachineIsNamed(string id)
    {
        byte[] root = System.Text.Encoding.UTF8.GetBytes(Repository.Root);
        string[] archives = id == Tool ? [PackedFiles.PathOf(id)] : [PackedFiles.PathOf(id), PackedFiles.PathOf(id, "snupkg")];
        foreach (string archive in archives)
        {
            using ZipArchive zip = ZipFile.OpenRead(archive);
            foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => Path.GetFileName(entry.FullName).Contains("aexai", StringComparison.OrdinalIgnoreCase) || entry.FullName.Contains("AudioEmotionXai", StringComparison.Ordinal)))
                Assert.That(Bytes(entry).AsSpan().IndexOf(root), Is.Negative, entry.FullName);
        }
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static XDocument Nuspec(string id)
    {
        using ZipArchive package = PackedFiles.Open(id);
        using Stream nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(nuspec);
    }

    /// <summary>The files without what the package format itself adds.</summary>
    private static string[] FilesOf(string id)
    {
        using ZipArchive package = PackedFiles.Open(id);
        return [.. package.Entries.Select(entry => entry.FullName).Where(name => name is not "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))];
    }
}
