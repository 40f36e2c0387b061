using System.Runtime.CompilerServices;

namespace AudioEmotionXai.TestKit;

/// <summary>Finds the repository, its fixtures, and the optional folder of reference values beside it.</summary>
internal static class SharedData
{
    /// <summary>The repository's root folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A file of <c>Fixtures/</c>.</summary>
    public static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    /// <summary>
    /// A file of the optional <c>../shared</c> folder, for what cannot be committed: recordings, and the checkpoint that the bundled model
    /// comes from. The running test is ignored, with the reason, where it is absent.
    /// </summary>
    public static string Require(string relativePath)
    {
        string? path = Find(relativePath);
        if (path is null)
            Assert.Ignore($"needs shared/{relativePath} beside the repository, which is not there");
        return path!;
    }

    /// <summary>A file or folder of the optional <c>../shared</c> folder, or null.</summary>
    public static string? Find(string relativePath)
    {
        string path = Path.GetFullPath(Path.Combine(Repository, "..", "shared", relativePath));
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    private static string FindRepository([CallerFilePath] string thisFile = "")
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "AudioEmotionXai.sln")))
                return folder;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AudioEmotionXai.sln ({Path.GetFileName(thisFile)}).");
    }
}
