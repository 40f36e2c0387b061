namespace AudioEmotionXai.Evaluation;

/// <summary>A set of clips that a table has rows for.</summary>
/// <param name="Name">The name in tables: all, an emotion, right or wrong.</param>
/// <param name="Contains">Whether a clip belongs to it.</param>
internal sealed record ClipGroup(string Name, Func<ClipOutcome, bool> Contains)
{
    /// <summary>The name of the group of all clips.</summary>
    public const string All = "all";

    /// <summary>Of more classes than these, only the ones that clips have get rows, and at most so many.</summary>
    private const int MostClasses = 100;

    /// <summary>All clips, each emotion, and right and wrong predictions where truths are known.</summary>
    /// <param name="labels">The model's classes.</param>
    /// <param name="areTruthsKnown">Whether predictions can be right or wrong.</param>
    /// <param name="clips">The clips: of very many classes, those that most of them have are taken.</param>
    public static ClipGroup[] Of(IReadOnlyList<string> labels, bool areTruthsKnown, IEnumerable<ClipOutcome> clips)
    {
        List<ClipGroup> groups = [new(All, _ => true)];
        IEnumerable<int> emotions = labels.Count <= MostClasses
            ? Enumerable.Range(0, labels.Count)
            : clips.CountBy(clip => clip.Emotion).OrderByDescending(count => count.Value).ThenBy(count => count.Key).Take(MostClasses)
                .Select(count => count.Key).Order();
        foreach (int emotion in emotions)
            groups.Add(new ClipGroup(labels[emotion], clip => clip.Emotion == emotion));

        if (areTruthsKnown)
        {
            groups.Add(new ClipGroup("predicted right", clip => clip.Truth == clip.Predicted));
            groups.Add(new ClipGroup("predicted wrong", clip => clip.Truth >= 0 && clip.Truth != clip.Predicted));
        }

        return [.. groups];
    }
}
