namespace OnnxRuntimeFeed;

/// <summary>The folder into which NuGet unpacks what it restored: whatever is there needs no source, also without a network.</summary>
internal static class UserPackages
{
    private const string Label = "global-packages:";

    public static bool HoldAll(string feed) =>
        Folder(Command.Dotnet(feed, "nuget", "locals", "global-packages", "--list").Output) is { } folder && HoldAllIn(folder);

    internal static bool HoldAllIn(string folder) =>
        PackageSet.Ids.All(id => Directory.Exists(Path.Combine(folder, id.ToLowerInvariant(), PackageSet.Version)));

    internal static string? Folder(string output) => output.Split('\n')
        .Where(line => line.StartsWith(Label, StringComparison.Ordinal))
        .Select(line => line[Label.Length..].Trim())
        .FirstOrDefault();
}
