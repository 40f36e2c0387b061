using System.IO.Compression;
using System.Xml.Linq;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>The code of the pages that people read first, as whoever copies it has it: built from the packages, and run.</summary>
public sealed class ReadmeConsumerTests
{
    private static readonly string[][] s_pages =
    [
        ["README.md"],
        ["src", "AudioEmotionXai", "README.md"],
        ["src", "AudioEmotionXai.Extensions.DependencyInjection", "README.md"],
    ];

    private ReadmeConsumer _consumer = null!;

    [OneTimeSetUp]
    public void Prepare() => _consumer = new ReadmeConsumer();

    [OneTimeTearDown]
    public void Remove() => _consumer.Dispose();

    [TestCaseSource(nameof(s_pages))]
    public void TheCodeOfThePageRuns(params string[] page)
    {
        string[] programs = ReadmeCode.BlocksOf(File.ReadAllText(Repository.PathOf(page)));
        Assert.That(programs, Is.Not.Empty, "C# on the page");
        foreach (string program in programs)
            Assert.That(_consumer.Run(program), Does.Contain("anger"), $"the first bundled sample is angry, and the programs print that class:\n{program}");
    }

    [Test]
    public void TheLowestAndTheNewestDependenciesGiveTheSameAnswer()
    {
        string program = ReadmeCode.BlocksOf(File.ReadAllText(Repository.PathOf(s_pages[0])))[0];
        using ZipArchive package = PackedFiles.Open("AudioEmotionXai");
        using Stream nuspec = package.GetEntry("AudioEmotionXai.nuspec")!.Open();
        string lowest = _consumer.Run(program);
        Assert.That(_consumer.Libraries, Is.SupersetOf(Listed(XDocument.Load(nuspec), "dependency", "id", "version")));
        string newest = _consumer.Run(program, newest: true);
        XDocument versions = XDocument.Load(Repository.PathOf("tests", "Consumers", "Newest.props"));
        Assert.That(_consumer.Libraries, Is.SupersetOf(Listed(versions, "NewestPackage", "Include", "Version")));
        Assert.That(newest, Is.EqualTo(lowest).And.Contains("anger"));
    }

    [Test]
    public void ThePackagesComeFromThePackedFiles()
    {
        _consumer.Run("Console.WriteLine(typeof(AudioEmotionXai.AudioClassifier).Assembly.GetName().Version);");
        Assert.That(_consumer.Unpacked("audioemotionxai"), Is.Not.Null);
        Assert.That(_consumer.Unpacked("audioemotionxai.extensions.dependencyinjection"), Is.Not.Null);
    }

    /// <summary>What a file lists, as "name/version".</summary>
    private static string[] Listed(XDocument file, string element, string name, string version) =>
        [.. file.Descendants().Where(each => each.Name.LocalName == element).Select(each => $"{each.Attribute(name)!.Value}/{each.Attribute(version)!.Value}")];
}
