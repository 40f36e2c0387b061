namespace OnnxRuntimeFeed;

/// <summary>Where the feed, the user's cache and the failure report lie, and which packing of which version is wanted.</summary>
internal sealed record FeedOptions
{
    public required string Feed { get; init; }

    public required string Cache { get; init; }

    public required string Key { get; init; }

    public required string Report { get; init; }

    /// <summary>True to fetch the CUDA provider too.</summary>
    public bool Cuda { get; init; }

    public string Stamp => Path.Combine(Feed, Key + ".stamp");

    public static FeedOptions Parse(string[] args) => new()
    {
        Feed = Path.GetFullPath(Value(args, "--feed")),
        Cache = Path.GetFullPath(Value(args, "--cache")),
        Key = Value(args, "--key"),
        Report = Value(args, "--report"),
        Cuda = args.Contains("--cuda"),
    };

    private static string Value(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length
            ? args[at + 1]
            : throw new ArgumentException($"{name} and a value are needed; the build passes them (OnnxRuntimeFeed.targets).", nameof(args));
    }
}
