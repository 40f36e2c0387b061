using System.Runtime.CompilerServices;

namespace AudioEmotionXai.TestKit;

/// <summary>Finds the repository, its fixtures, and the optional folder of reference values beside it.</summary>
internal static class SharedData
{
    /// <summary>The repository's root folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A file of <c>Fixtures/</c>.</summary>
    public static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    /// <summary>A file of the optional <c>../shared</c> folder; the running test is ignored, with the reason, where it is absent.</summary>
    public static string Require(string relativePath)
    {
        string path = Path.Combine(Repository, "..", "shared", relativePath);
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Ignore($"needs shared/{relativePath} beside the repository, which is not there");
        return Path.GetFullPath(path);
    }

    private static string FindRepository([CallerFilePath] string thisFile = "")
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "AudioEmotionXai.sln")))
                return folder;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AudioEmotionXai.sln ({Path.GetFileName(thisFile)}).");
    }
}
