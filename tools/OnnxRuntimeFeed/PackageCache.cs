namespace OnnxRuntimeFeed;

/// <summary>
/// The packages that this user built before, shared by all clones. A marker that is written last says that all are there;
/// its age says how long ago the sources were asked.
/// </summary>
internal sealed class PackageCache(string folder)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromDays(30);

    private string Marker => Path.Combine(folder, "complete");

    public bool IsComplete => File.Exists(Marker) && PackageSet.Ids.All(id => File.Exists(Path.Combine(folder, PackageSet.FileName(id))));

    /// <summary>True while the answer of the sources is recent enough not to ask them for every clone.</summary>
    public bool IsFresh => IsComplete && DateTime.UtcNow - File.GetLastWriteTimeUtc(Marker) < Trusted;

    public void Renew() => File.SetLastWriteTimeUtc(Marker, DateTime.UtcNow);

    public void Store(IEnumerable<FeedPackage> packages)
    {
        Directory.CreateDirectory(folder);
        foreach (FeedPackage package in packages)
        {
            string path = Path.Combine(folder, package.FileName);
            string temporary = path + ".new";
            File.Delete(temporary);
            PackageWriter.Write(package, temporary);
            File.Move(temporary, path, overwrite: true);
        }
        File.WriteAllText(Marker, "Written last: all packages beside this file are whole.\n");
    }

    public void CopyTo(string feed)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.nupkg"))
            FileCopy.Whole(path, Path.Combine(feed, Path.GetFileName(path)));
    }
}
