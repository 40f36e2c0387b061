namespace AudioEmotionXai.Evaluation;

/// <summary>Draws pairs of rightly heard clips of different classes.</summary>
internal static class ClipPairs
{
    /// <summary>Pairs of clip numbers; a clip stands in one pair at most, so that pairs are independent.</summary>
    /// <param name="clips">The clips; where truths are not known, each counts as heard rightly.</param>
    /// <param name="count">The most pairs.</param>
    /// <param name="random">Draws them.</param>
    public static (ClipOutcome First, ClipOutcome Second)[] Draw(IReadOnlyList<ClipOutcome> clips, int count, KeyedRandom random)
    {
        ClipOutcome[] right = [.. clips.Where(clip => clip.Truth < 0 || clip.Truth == clip.Predicted)];
        List<ClipOutcome> left = [.. random.NextPermutation(right.Length).Select(clip => right[clip])];
        List<(ClipOutcome, ClipOutcome)> pairs = [];
        while (pairs.Count < count && left.Count > 1)
        {
            ClipOutcome first = left[^1];
            int second = left.FindLastIndex(clip => clip.Predicted != first.Predicted);
            if (second < 0)
                break;
            pairs.Add((first, left[second]));
            left.RemoveAt(left.Count - 1);
            left.RemoveAt(second);
        }

        return [.. pairs];
    }
}
