namespace AudioEmotionXai.Evaluation;

/// <summary>
/// Where a verification keeps what it has finished: a run that is stopped goes on, shards that share a folder, or are merged into one, give
/// the same tables as a single run. The folder gets <c>parts/</c> as batches finish, then <c>results.csv</c>, <c>drops.npz</c> and
/// <c>summary.json</c>.
/// </summary>
/// <param name="Path">The folder; made where it is missing.</param>
public sealed record VerificationFolder(string Path)
{
    /// <summary>Which part of the corpus to do. Default: all.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Folders of other shards of the same run, whose finished batches are taken over. Default: none.</summary>
    /// <remarks>A folder with a batch that is damaged, or is another run's, is refused whole (<see cref="FormatException"/> or
    /// <see cref="ArgumentException"/>, which name the file): nothing of it is taken over.</remarks>
    public IReadOnlyList<string> MergeFrom { get; init; } = [];

    /// <summary>Whether finished batches of another run in the folder give way; otherwise such a folder is refused. Default
    /// false.</summary>
    public bool ReplacesOtherRun { get; init; }

    /// <summary>A folder for the whole corpus.</summary>
    /// <param name="path">The folder; made where it is missing.</param>
    public static implicit operator VerificationFolder(string path) => FromString(path);

    /// <summary>A folder for the whole corpus.</summary>
    /// <param name="path">The folder; made where it is missing.</param>
    public static VerificationFolder FromString(string path) => new(path);
}
