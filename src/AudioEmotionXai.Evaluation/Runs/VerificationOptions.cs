namespace AudioEmotionXai.Evaluation;

/// <summary>What a verification does: 2 protocols, seed 0, batches of 16 clips, metrics on 2 clips of a class, sanity checks on
/// 4.</summary>
public sealed record VerificationOptions
{
    /// <summary>The methods to compare, at least one.</summary>
    public required IReadOnlyList<AttributionMethod> Methods { get; init; }

    /// <summary>Which protocols run. Default: both.</summary>
    public VerificationProtocols Protocols { get; init; } = VerificationProtocols.Both;

    /// <summary>The controlled protocol's options.</summary>
    public ControlledProtocol Controlled { get; init; } = new();

    /// <summary>Fixes every random draw. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Clips that are done together; a crash loses at most these. Default 16.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Which part of the corpus to do. Default: all.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Folders of other shards of the same run, whose finished batches are taken over. Default: none.</summary>
    public IReadOnlyList<string> MergeFrom { get; init; } = [];

    /// <summary>Whether finished batches of another run in the folder give way; otherwise such a folder is refused. Default
    /// false.</summary>
    public bool ReplacesOtherRun { get; init; }

    /// <summary>The metrics beyond masking. Default: all.</summary>
    public IReadOnlyList<ExplanationMetric> Metrics { get; init; } = ExplanationMetric.All;

    /// <summary>The first clips of each class that metrics are measured on; 0 leaves metrics out. Default 2.</summary>
    public int MetricClipsPerClass { get; init; } = 2;

    /// <summary>The first clips of each class that sanity checks use; 0 leaves them out. Methods that run the model many times get a
    /// quarter of them. Default 4.</summary>
    public int SanityClipsPerClass { get; init; } = 4;

    /// <summary>How sanity checks are made.</summary>
    public SanityOptions Sanity { get; init; } = new();

    /// <summary>Checks every option, as a run does before it starts.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        if (Methods.Count == 0)
            throw new ArgumentException("Methods is empty; expected at least one method.", nameof(Methods));
        if (Seed < 0)
            throw new ArgumentException(FormattableString.Invariant($"Seed is {Seed}; expected 0 or more."), nameof(Seed));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MetricClipsPerClass);
        ArgumentOutOfRangeException.ThrowIfNegative(SanityClipsPerClass);
        Sanity.Validate();
        Controlled.Validate();
    }

    /// <summary>The methods' names in tables: the id, or the full text where an id occurs twice.</summary>
    internal string[] MethodNames()
    {
        string[] ids = [.. Methods.Select(AttributionMethods.IdOf)];
        return [.. ids.Select((id, i) => ids.Count(other => other == id) == 1 ? id : Methods[i].ToString())];
    }

    /// <summary>What the protocols need to know about each method.</summary>
    internal MethodTraits[] Traits()
    {
        string[] names = MethodNames();
        return [.. Methods.Select((method, i) => MethodTraits.Of(names[i], method.Meaning, method.IsSegmentBased))];
    }
}
