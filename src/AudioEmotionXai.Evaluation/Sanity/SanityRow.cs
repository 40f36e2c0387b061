namespace AudioEmotionXai.Evaluation;

/// <summary>Whether a method's maps hang on what the model has learned, and on the class asked about.</summary>
/// <param name="Method">The method.</param>
/// <param name="Similarity">Mean rank correlation of magnitudes with the trained model's map, after each stage of the cascade, the head
/// first.</param>
/// <param name="OtherClassSimilarity">Mean rank correlation with the map for the second likeliest class; NaN where the maps are
/// constant.</param>
/// <param name="IsModelIndependent">Whether the maps stay the same to the last bit when every weight is random.</param>
/// <param name="Passes">Whether the maps change when the weights do: last similarity at most the limit.</param>
public sealed record SanityRow(
    string Method, IReadOnlyList<double> Similarity, double OtherClassSimilarity, bool IsModelIndependent, bool Passes);
