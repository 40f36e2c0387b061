namespace OnnxRuntimeFeed;

/// <summary>A package that another one needs, in at least this version.</summary>
internal sealed record PackageDependency(string Id, string Version);
