namespace AudioEmotionXai.Cli;

/// <summary>What a command writes into its folder.</summary>
/// <param name="Command">The command.</param>
/// <param name="Marks">Files and folders whose presence tells that the folder was written by such a command before.</param>
/// <param name="Files">The files it writes there.</param>
/// <param name="Folders">The folders it fills there.</param>
internal sealed record OutputFolder(string Command, string[] Marks, string[] Files, string[] Folders)
{
    private const string Summary = "summary.json", Parts = "parts";

    private static readonly string[] s_pageFiles = ["index.html", "comparison.svg", "results.csv", "drops.npz", Summary];

    public static OutputFolder Listen { get; } = new(
        "listen",
        ["listen.json"],
        [
            "clip.wav", "important.wav", "without-important.wav", "without-random.wav", "labels.txt", "labels.vtt", "listen.json",
            "figure.svg", "index.html",
        ],
        []);

    public static OutputFolder Timeline { get; } = new(
        "timeline", ["timeline.json"], ["timeline.csv", "timeline.json", "timeline.svg", "emotions.txt", "emotions.vtt"], []);

    public static OutputFolder Verify { get; } = new("verify", [Summary, Parts], s_pageFiles, ["figures", Parts]);

    public static OutputFolder Report { get; } = new("report", [Summary, Parts], s_pageFiles, ["figures", "maps", Parts]);

    /// <summary>What lies in the folder that such a command would replace though none wrote there before; null where there is
    /// nothing.</summary>
    public string? Foreign(string folder) =>
        Marks.Any(mark => Exists(Path.Combine(folder, mark)))
            ? null
            : Files.FirstOrDefault(file => File.Exists(Path.Combine(folder, file)))
                ?? Folders.FirstOrDefault(each => IsFilled(Path.Combine(folder, each)));

    private static bool Exists(string path) => File.Exists(path) || IsFilled(path);

    private static bool IsFilled(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
}
