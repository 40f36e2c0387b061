using System.Text.Json.Serialization;

namespace AudioEmotionXai.Evaluation;

/// <summary>The sanity checks of a run.</summary>
/// <param name="Stages">How many layers, from the head down, have random weights at each stage, with the last layer's name.</param>
/// <param name="Networks">How many networks got random weights, independently.</param>
/// <param name="Weights">How they were drawn.</param>
/// <param name="Rows">One per method.</param>
public sealed record SanityTable(
    IReadOnlyList<string> Stages, int Networks, RandomWeights Weights, IReadOnlyList<SanityRow> Rows)
{
    /// <summary>What the checks found, in words.</summary>
    [JsonPropertyOrder(-2)]
    public string Verdict => SanityRule.Describe(Rows);

    /// <summary>The similarity from which on two maps count as the same picture, whatever random pairs are.</summary>
    [JsonPropertyOrder(-1)]
    public double Same { get; } = SanityRow.SamePicture;

    /// <summary>The share of the way from random pairs to the unchanged map from which on a map is flagged at the head and for another
    /// class.</summary>
    [JsonPropertyOrder(-1)]
    public double MostKept { get; } = SanityRow.MostKept;
}

/// <summary>Whether a method's maps hang on what the model has learned, and on the class asked about.</summary>
/// <param name="Method">The method.</param>
/// <param name="Clips">How many clips its maps were made of; methods that run the model many times get a quarter of the others'.</param>
/// <param name="RandomPairs">How alike the maps of two networks are that share nothing but the clip and the method: the mean rank
/// correlation of magnitudes over clips and pairs of random networks, and the ends between which that of a further random network
/// lies.</param>
/// <param name="Places">The three places that are judged: the head random, all random, another class.</param>
/// <param name="Similarity">Mean rank correlation of magnitudes with the trained model's map after each stage of the cascade, the head
/// first; stages in between with one network, NaN for methods that run the model many times.</param>
/// <param name="EntropyRise">How much more complex maps become when all weights are random: (H(random) - H(trained)) / H(trained), H the
/// entropy of a histogram of 100 bins. Efficient MPRT.</param>
/// <param name="SmoothedSimilarity">Similarity at the end of maps that are averaged over 10 noisy inputs first. Smooth MPRT; NaN for
/// methods that run the model many times.</param>
/// <param name="IsModelIndependent">Whether the maps stay the same to the last bit when every weight is random.</param>
public sealed record SanityRow(
    string Method, int Clips, ConfidenceInterval RandomPairs, IReadOnlyList<SanityJudgement> Places, IReadOnlyList<double> Similarity,
    double EntropyRise, double SmoothedSimilarity, [property: JsonPropertyName("model_independent")] bool IsModelIndependent)
{
    internal const double SamePicture = 0.95;

    internal const double MostKept = 0.5;

    /// <summary>The worst of the places: flagged, then not defined, then partly.</summary>
    public SanityVerdict Verdict =>
        IsModelIndependent || Has(SanityVerdict.Flagged) ? SanityVerdict.Flagged
        : Has(SanityVerdict.NotDefined) ? SanityVerdict.NotDefined
        : Has(SanityVerdict.Partly) ? SanityVerdict.Partly
        : SanityVerdict.Passes;

    /// <summary>Whether the maps are no more alike than those of random pairs of networks, at all three places.</summary>
    public bool Passes => Verdict == SanityVerdict.Passes;

    /// <summary>The verdict in words, with the place that decides it and its numbers.</summary>
    public string InWords => SanityRule.Describe(this);

    private bool Has(SanityVerdict verdict) => Places.Any(place => place.Verdict == verdict);
}

/// <summary>How a method's maps hold at one place.</summary>
/// <param name="Place">What was changed.</param>
/// <param name="Similarity">Mean rank correlation of magnitudes with the trained model's map, over clips and networks; NaN where fewer than
/// half of them are defined, as a constant map has no ranks.</param>
/// <param name="SignedSimilarity">The same of values with their sign; it is not judged.</param>
/// <param name="Kept">Where the similarity lies between random pairs (0) and the unchanged map (1).</param>
/// <param name="Verdict">What follows.</param>
public sealed record SanityJudgement(
    SanityPlace Place, double Similarity, double SignedSimilarity, double Kept, SanityVerdict Verdict);

/// <summary>What a sanity check changes.</summary>
public enum SanityPlace
{
    /// <summary>The last layer with weights is random, the rest as trained.</summary>
    Head,

    /// <summary>All weights are random.</summary>
    End,

    /// <summary>The second likeliest class is asked for.</summary>
    OtherClass,
}

/// <summary>What a sanity check says.</summary>
public enum SanityVerdict
{
    /// <summary>No more alike to the trained model's map than random pairs are to each other.</summary>
    Passes,

    /// <summary>At the head or for another class: more alike than random pairs, but nearer to them than to the unchanged map. The layers
    /// below stay, so something of the map may rightly stay.</summary>
    Partly,

    /// <summary>Most of the map stays: nearer to the unchanged map than to random pairs, or the same picture; or, with all weights random,
    /// more alike than random pairs.</summary>
    Flagged,

    /// <summary>Maps are constant, or random pairs too uneven to say: never a pass.</summary>
    NotDefined,
}
