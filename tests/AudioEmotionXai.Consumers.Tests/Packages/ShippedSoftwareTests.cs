using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>What packages carry of others, and under which licences.</summary>
public sealed class ShippedSoftwareTests
{
    private const string Tool = "AudioEmotionXai.Tool", Model = "AudioEmotionXai.Models.Nemo", Folder = "tools/net10.0/any/";

    [Test]
    public void EveryFileOfOthersIsInTheNotices()
    {
        using ZipArchive package = PackedFiles.Open(Tool);
        string notices = Text(package, "THIRD-PARTY-NOTICES.txt");
        Assert.That(Text(package, Folder + "THIRD-PARTY-NOTICES.txt"), Is.EqualTo(notices), "at the top for a gallery, beside the tool for who runs it");
        string[] others = [.. OthersIn(package).Select(entry => entry.Name).Distinct()];
        Assert.That(others, Has.Length.GreaterThan(8));
        foreach (string file in others)
            Assert.That(notices, Does.Contain(file));
        Assert.That(notices, Does.Contain("Redistributions in binary form must reproduce the above copyright notice").And.Contain("The above copyright notice and this permission notice shall be included"));
        foreach (string file in new[] { "licenses/onnxruntime/ThirdPartyNotices.txt", "licenses/onnxruntime/LICENSE.txt", "licenses/dotnet/THIRD-PARTY-NOTICES.TXT" })
            Assert.That(package.GetEntry(Folder + file), Is.Not.Null, file);
    }

    [Test]
    public void TheBillOfMaterialsListsEveryFileOfOthersWithItsHashAndEveryPackageWithItsLicence()
    {
        using ZipArchive package = PackedFiles.Open(Tool);
        using JsonDocument bill = JsonDocument.Parse(Text(package, "sbom.cdx.json"));
        Assert.That(bill.RootElement.GetProperty("bomFormat").GetString(), Is.EqualTo("CycloneDX"));
        JsonElement[] components = [.. bill.RootElement.GetProperty("components").EnumerateArray()];
        string[] hashes = [.. Of("file").Select(file => file.GetProperty("hashes")[0].GetProperty("content").GetString()!.ToUpperInvariant())];
        foreach (ZipArchiveEntry entry in OthersIn(package))
        {
            using Stream content = entry.Open();
            Assert.That(hashes, Does.Contain(Convert.ToHexString(SHA256.HashData(content))), entry.FullName);
        }

        JsonElement[] libraries = [.. Of("library")];
        Assert.That(libraries, Has.Length.GreaterThan(7));
        foreach (JsonElement library in libraries)
        {
            string id = library.GetProperty("name").GetString()!, version = library.GetProperty("version").GetString()!;
            string nuspec = Path.Combine(Repository.PackageRoot, id.ToLowerInvariant(), version, $"{id.ToLowerInvariant()}.nuspec");
            XElement license = XDocument.Load(nuspec).Descendants().Single(element => element.Name.LocalName == "license");
            string declared = library.GetProperty("licenses")[0].GetProperty("license").GetProperty("id").GetString()!;
            if (license.Attribute("type")!.Value == "expression")
                Assert.That(declared, Is.EqualTo(license.Value), id);
            else
                Assert.That(File.ReadAllText(Path.Combine(Path.GetDirectoryName(nuspec)!, license.Value)), Does.Contain("MIT License"), id);
        }

        IEnumerable<JsonElement> Of(string type) => components.Where(component => component.GetProperty("type").GetString() == type);
    }

    [TestCase(Tool, "LICENSE.txt", "MIT License", "CC BY-NC-SA 4.0")]
    [TestCase(Model, "LICENSE", "CC BY-NC-SA 4.0", "nEMO")]
    public void ALicenceThatNoExpressionSaysIsAFile(string id, string file, params string[] says)
    {
        using ZipArchive package = PackedFiles.Open(id);
        XElement license = XDocument.Parse(Text(package, $"{id}.nuspec")).Descendants().Single(element => element.Name.LocalName == "license");
        Assert.That((license.Attribute("type")!.Value, license.Value), Is.EqualTo(("file", file)));
        foreach (string words in says)
            Assert.That(Text(package, file), Does.Contain(words));
    }

    [Test]
    public void TheModelIsAPackageOfItsOwnAndLiesBesideWhoRefersToIt()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="{Model}" Version="{PackedFiles.Version}" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(folder.PathOf("Program.cs"), "return;");
        File.WriteAllText(folder.PathOf("NuGet.config"), $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <config><add key="globalPackagesFolder" value="cache" /></config>
              <packageSources><clear /><add key="packed" value="{PackedFiles.Folder}" /></packageSources>
            </configuration>
            """);
        CommandRun.Dotnet(folder.Path, "build", "-c", "Release", "-v", "quiet", "-nologo").Expect("building");
        string built = folder.PathOf("bin", "Release", "net10.0", "models");
        Assert.That(File.ReadAllBytes(Path.Combine(built, "audio_resnet_nemo.onnx")), Is.EqualTo(File.ReadAllBytes(Repository.Model)));
        Assert.That(File.Exists(Path.Combine(built, "samples", "spectrograms.npy")) && File.Exists(Path.Combine(built, "LICENSE")));
        using ZipArchive package = PackedFiles.Open(Model);
        Assert.That(package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)), Is.Empty);
    }

    private static ZipArchiveEntry[] OthersIn(ZipArchive package) =>
    [
        .. package.Entries.Where(entry =>
            Path.GetExtension(entry.Name) is ".dll" or ".so" or ".dylib" && !entry.Name.StartsWith("AudioEmotionXai", StringComparison.Ordinal) && entry.Name != "aexai.dll"),
    ];

    private static string Text(ZipArchive package, string name)
    {
        ZipArchiveEntry entry = package.GetEntry(name) ?? throw new AssertionException($"{name} is not in the package");
        using StreamReader reader = new(entry.Open());
        return reader.ReadToEnd();
    }
}
