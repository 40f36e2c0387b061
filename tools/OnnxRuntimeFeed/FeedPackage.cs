namespace OnnxRuntimeFeed;

/// <summary>A NuGet package to write: identity, dependencies, and its files (path in the package to path on disk).</summary>
internal sealed record FeedPackage(string Id, string Description, PackageDependency[] Dependencies, (string Target, string Source)[] Files)
{
    public string FileName => PackageSet.FileName(Id);
}
