namespace AudioEmotionXai.Evaluation;

/// <summary>The sanity checks of a run.</summary>
/// <param name="Stages">How many layers, from the head down, have random weights at each stage, with the last layer's name.</param>
/// <param name="Rows">One per method.</param>
public sealed record SanityTable(IReadOnlyList<string> Stages, IReadOnlyList<SanityRow> Rows);
