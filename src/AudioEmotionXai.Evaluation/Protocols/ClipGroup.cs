namespace AudioEmotionXai.Evaluation;

/// <summary>A set of clips that a table has rows for.</summary>
/// <param name="Name">The name in tables: all, an emotion, right or wrong.</param>
/// <param name="Contains">Whether a clip belongs to it.</param>
internal sealed record ClipGroup(string Name, Func<ClipOutcome, bool> Contains)
{
    /// <summary>The name of the group of all clips.</summary>
    public const string All = "all";

    /// <summary>All clips, each emotion, and right and wrong predictions where truths are known.</summary>
    public static ClipGroup[] Of(IReadOnlyList<string> labels, bool areTruthsKnown)
    {
        List<ClipGroup> groups = [new(All, _ => true)];
        for (int label = 0; label < labels.Count; label++)
        {
            int emotion = label;
            groups.Add(new ClipGroup(labels[label], clip => clip.Emotion == emotion));
        }

        if (areTruthsKnown)
        {
            groups.Add(new ClipGroup("predicted right", clip => clip.Truth == clip.Predicted));
            groups.Add(new ClipGroup("predicted wrong", clip => clip.Truth >= 0 && clip.Truth != clip.Predicted));
        }

        return [.. groups];
    }
}
