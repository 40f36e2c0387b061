using System.IO.Compression;
using System.Security.Cryptography;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>The same sources give the same packages, wherever they are built.</summary>
public sealed class ReproduciblePackagesTests
{
    [Test]
    [Long]
    public void PackagesBuiltInTwoFoldersHoldTheSameBytes()
    {
        using TemporaryFolder folder = new();
        string first = Build(folder.PathOf("first")), second = Build(folder.PathOf("a", "second", "and", "deeper"));
        string[] packages = [.. Directory.GetFiles(first, "*.nupkg").Concat(Directory.GetFiles(first, "*.snupkg")).Select(file => Path.GetFileName(file)).Order()];
        Assert.That(packages, Has.Length.GreaterThan(10), "packages and their symbols");
        foreach (string package in packages)
            Assert.That(Hashes(Path.Combine(second, package)), Is.EqualTo(Hashes(Path.Combine(first, package))), package);
    }

    /// <summary>Copies the sources as git knows them, builds and packs them; the folder of the packages.</summary>
    private static string Build(string folder)
    {
        string[] files = CommandRun.Of("git", Repository.Root, "ls-files", "-c", "-o", "--exclude-standard", "src", "models", "*.props", "*.targets", "*.json", "NuGet.config", "LICENSE", ".editorconfig", ".globalconfig").Expect("listing")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string file in files.Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)))
        {
            string target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Repository.PathOf(file), target, overwrite: true);
        }

        foreach (string project in new[] { "AudioEmotionXai.Extensions.DependencyInjection", "AudioEmotionXai.Models.Nemo", "AudioEmotionXai.Cli", "AudioEmotionXai", "AudioEmotionXai.Evaluation", "AudioEmotionXai.Reporting", "AudioEmotionXai.Checkpoints" })
            CommandRun.Dotnet(folder, "pack", Path.Combine("src", project), "-c", "Release", "-v", "quiet", "-nologo", "-o", "packages").Expect(project);
        return Path.Combine(folder, "packages");
    }

    /// <summary>Every entry with the hash of its content; the package format's own parts have a name that is drawn.</summary>
    private static string[] Hashes(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return
        [
            .. archive.Entries.Where(entry => !entry.FullName.StartsWith("package/", StringComparison.Ordinal) && !entry.FullName.StartsWith("_rels/", StringComparison.Ordinal))
                .Select(Hash).Order(StringComparer.Ordinal),
        ];

        static string Hash(ZipArchiveEntry entry)
        {
            using Stream content = entry.Open();
            return $"{entry.FullName} {Convert.ToHexString(SHA256.HashData(content))}";
        }
    }
}
