using System.IO.Compression;
using System.Reflection;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>The packages, packed once for all tests from what was built.</summary>
[SetUpFixture]
internal sealed class PackedFiles
{
    private static TemporaryFolder? s_folder;

    public static string Folder => s_folder!.Path;

    /// <summary>The version that all packages share.</summary>
    public static string Version { get; } =
        typeof(FloatTensor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string PathOf(string id, string extension = "nupkg") => Path.Combine(Folder, $"{id}.{Version}.{extension}");

    public static ZipArchive Open(string id, string extension = "nupkg") => ZipFile.OpenRead(PathOf(id, extension));

    [OneTimeSetUp]
    public void Pack()
    {
        s_folder = new TemporaryFolder();
        CommandRun.Dotnet(Repository.Root, "pack", "AudioEmotionXai.sln", "--no-build", "-c", Repository.Configuration, "-o", Folder, "-v", "quiet", "-nologo")
            .Expect("dotnet pack");
    }

    [OneTimeTearDown]
    public void Remove() => s_folder?.Dispose();
}
