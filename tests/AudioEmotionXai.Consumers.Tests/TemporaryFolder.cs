namespace AudioEmotionXai.Consumers.Tests;

/// <summary>A folder of its own for a test's files, outside the repository, removed at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aexai-consumer-");

    public string Path => _folder.FullName;

    public string PathOf(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => _folder.Delete(recursive: true);
}
