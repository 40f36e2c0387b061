namespace AudioEmotionXai.Evaluation;

/// <summary>What one method says about one clip.</summary>
/// <param name="Raw">The map as the method gave it, the items' axis kept with length 1.</param>
/// <param name="Map">One value per cell.</param>
/// <param name="Prediction">What the model says of the clip.</param>
/// <param name="Target">The class explained.</param>
/// <param name="CompletenessGap">How far the map's sum is from what it should explain; null where not defined.</param>
/// <param name="Details">Numbers that the method found beside the map.</param>
/// <param name="Warnings">What to know before trusting the map.</param>
internal sealed record ClipExplanation(
    FloatTensor Raw, TimeFrequencyMap Map, Prediction Prediction, int Target, double? CompletenessGap,
    IReadOnlyList<AttributionDetail> Details, IReadOnlyList<string> Warnings);
