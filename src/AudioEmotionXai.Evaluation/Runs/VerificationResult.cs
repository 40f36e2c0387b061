namespace AudioEmotionXai.Evaluation;

/// <summary>What a verification found: the tables behind <c>summary.json</c> and the report.</summary>
public sealed class VerificationResult
{
    /// <summary>The clips that the tables are over.</summary>
    public required int Clips { get; init; }

    /// <summary>The clips that are left out of all tables, since an answer or a map is not finite.</summary>
    public IReadOnlyList<UndefinedClip> Undefined { get; init; } = [];

    /// <summary>The verdict of all protocols in sentences: a winner needs both the controlled protocol and that with known
    /// answers.</summary>
    public string Verdict => VerificationVerdict.Of(this).Text;

    /// <summary>The method that wins both protocols, or null.</summary>
    public string? Winner => VerificationVerdict.Of(this).Winner;

    /// <summary>How many the model got right; null where truths are not known.</summary>
    public required int? Right { get; init; }

    /// <summary>The names of the methods, and of the corpus's maps, in tables.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>The notebook's table; null where that protocol did not run.</summary>
    public NotebookTable? Notebook { get; init; }

    /// <summary>The controlled protocol's table; null where it did not run.</summary>
    public ControlledTable? Controlled { get; init; }

    /// <summary>How well methods find what is known to matter; null where that protocol did not run.</summary>
    public GroundTruthTable? GroundTruth { get; init; }

    /// <summary>The metrics beyond masking; empty where left out.</summary>
    public IReadOnlyList<MetricRow> Metrics { get; init; } = [];

    /// <summary>The mean deletion and insertion curves; empty where left out.</summary>
    public IReadOnlyList<CurveRow> Curves { get; init; } = [];

    /// <summary>How far each two methods agree; empty where metrics are left out.</summary>
    public IReadOnlyList<AgreementRow> Agreement { get; init; } = [];

    /// <summary>How many clips the metrics were measured on.</summary>
    public int MetricClips { get; init; }

    /// <summary>The sanity checks; null where left out.</summary>
    public SanityTable? Sanity { get; init; }

    /// <summary>SHA-256 of the model, in hexadecimal.</summary>
    public required string ModelHash { get; init; }

    /// <summary>SHA-256 of the clips, in hexadecimal.</summary>
    public required string CorpusHash { get; init; }

    /// <summary>The drops of each clip.</summary>
    internal IReadOnlyList<ClipOutcome> Outcomes { get; init; } = [];

    /// <summary>What is known of the methods and maps.</summary>
    internal IReadOnlyList<MethodTraits> Rows { get; init; } = [];
}

/// <summary>A clip that is left out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">What is not finite.</param>
public sealed record UndefinedClip(string Name, string Reason);
