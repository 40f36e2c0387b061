namespace OnnxRuntimeFeed;

/// <summary>
/// A folder for one run, inside the feed so that the clone's own NuGet.config applies there, and shielded from its build files.
/// </summary>
internal sealed class WorkFolder
{
    private const string Nothing = "<Project />\n";

    public WorkFolder(string path)
    {
        Root = path;
        Directory.CreateDirectory(path);
        foreach (string name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            File.WriteAllText(Path.Combine(path, name), Nothing);
    }

    public string Root { get; }

    public string Child(string name)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(path);
        return path;
    }
}
