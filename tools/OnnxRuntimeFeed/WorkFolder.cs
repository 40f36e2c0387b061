namespace OnnxRuntimeFeed;

/// <summary>
/// A folder for one run, inside the feed so that the clone's own NuGet.config applies there, and shielded from its build files.
/// Gone when the run ends.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Nothing = "<Project />\n";
    private const string Prefix = ".work-";
    private readonly string _path;

    public WorkFolder(string feed)
    {
        RemoveLeftBehind(feed);
        _path = Path.Combine(feed, Prefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(_path);
        foreach (string name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            File.WriteAllText(Path.Combine(_path, name), Nothing);
    }

    public string Child(string name)
    {
        string path = Path.Combine(_path, name);
        Directory.CreateDirectory(path);
        return path;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

    /// <summary>What a run that was ended in the middle could not remove; the lock says that none is under way.</summary>
    private static void RemoveLeftBehind(string feed)
    {
        Directory.CreateDirectory(feed);
        foreach (string folder in Directory.EnumerateDirectories(feed, Prefix + "*").ToArray())
            Directory.Delete(folder, recursive: true);
    }
}
