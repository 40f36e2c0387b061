namespace AudioEmotionXai.Evaluation;

/// <summary>What a verification does: 3 protocols, seed 0, batches of 16 clips, metrics on 2 clips of a class, sanity checks on
/// 4.</summary>
public sealed record VerificationOptions
{
    /// <summary>The methods to compare, at least one.</summary>
    public required IReadOnlyList<AttributionMethod> Methods { get; init; }

    /// <summary>Which protocols run. Default: all.</summary>
    public VerificationProtocols Protocols { get; init; } = VerificationProtocols.All;

    /// <summary>The controlled protocol's options.</summary>
    public ControlledProtocol Controlled { get; init; } = new();

    /// <summary>The options of the protocol with known answers.</summary>
    public GroundTruthProtocol GroundTruth { get; init; } = new();

    /// <summary>Fixes every random draw. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Clips that are done together; a crash loses at most these. Default 16.</summary>
    public int BatchSize { get; init; } = 16;

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
        GroundTruth.Validate();
    }

    /// <summary>The methods' names in tables: the id; where an id occurs twice, with the options that are not the default, or with all of
    /// them where that does not tell the methods apart.</summary>
    internal string[] MethodNames()
    {
        string[] ids = [.. Methods.Select(AttributionMethods.IdOf)];
        string[] names = [.. ids.Select((id, i) => ids.Count(other => other == id) == 1 ? id : ShortTextOf(id, Methods[i].ToString()))];
        return [.. names.Select((name, i) => names.Count(other => other == name) == 1 ? name : Methods[i].ToString())];
    }

    private static string ShortTextOf(string id, string text)
    {
        if (AttributionMethods.All.All(known => known.Id != id))
            return text;
        string[] usual = AttributionMethods.Create(id).ToString().Split(' ');
        return string.Join(' ', [id, .. text.Split(' ').Skip(1).Where(option => !usual.Contains(option))]);
    }

    /// <summary>What the protocols need to know about each method, and about each map of the corpus.</summary>
    /// <exception cref="ArgumentException">A map has the name of a method.</exception>
    internal MethodTraits[] Traits(Corpus corpus)
    {
        string[] names = MethodNames();
        if (corpus.Maps.FirstOrDefault(map => names.Contains(map.Name)) is { } taken)
            throw new ArgumentException($"A map has the name of a method, {taken.Name}; give it another.", nameof(corpus));
        return
        [
            .. Methods.Select((method, i) =>
                MethodTraits.Of(names[i], method.Meaning, method.IsSegmentBased) with { UsesModel = method.UsesModel }),
            .. corpus.Maps.Select(map => MethodTraits.Of(map.Name, map.Meaning)),
        ];
    }
}
