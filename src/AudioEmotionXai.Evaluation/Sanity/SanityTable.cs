using System.Text.Json.Serialization;

namespace AudioEmotionXai.Evaluation;

/// <summary>The sanity checks of a run.</summary>
/// <param name="Stages">How many layers, from the head down, have random weights at each stage, with the last layer's name.</param>
/// <param name="Rows">One per method.</param>
public sealed record SanityTable(IReadOnlyList<string> Stages, IReadOnlyList<SanityRow> Rows)
{
    /// <summary>The similarity at or below which the maps count as changed.</summary>
    [JsonPropertyOrder(-1)]
    public double Limit { get; } = SanityChecks.Limit;
}

/// <summary>Whether a method's maps hang on what the model has learned, and on the class asked about.</summary>
/// <param name="Method">The method.</param>
/// <param name="Similarity">Mean rank correlation of magnitudes with the trained model's map, after each stage of the cascade, the head
/// first.</param>
/// <param name="OtherClassSimilarity">Mean rank correlation with the map for the second likeliest class; NaN where the maps are
/// constant.</param>
/// <param name="IsModelIndependent">Whether the maps stay the same to the last bit when every weight is random.</param>
/// <param name="Passes">Whether the maps change when the weights do: last similarity at most the limit.</param>
public sealed record SanityRow(
    string Method, IReadOnlyList<double> Similarity, double OtherClassSimilarity,
    [property: JsonPropertyName("model_independent")] bool IsModelIndependent, bool Passes);
