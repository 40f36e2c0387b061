namespace AudioEmotionXai;

/// <summary>What the scores of a model are, and how they become what is printed.</summary>
public enum ClassHead
{
    /// <summary>One class of several: the probabilities are the softmax of the scores. Explained is the score before it, the
    /// logit.</summary>
    Softmax,

    /// <summary>Several classes at once, each by itself: the probability of each is the sigmoid of its score, and they do not sum to 1.
    /// Of one score it makes two classes: that it is so, and that it is not.</summary>
    Sigmoid,

    /// <summary>No classes but quantities, such as valence and arousal: the scores themselves; there are no probabilities.</summary>
    Linear,

    /// <summary>The scores are probabilities already, each 0 to 1: averages of several networks, say. Explained are they
    /// themselves.</summary>
    Probabilities,
}

/// <summary>How scores of frames become those of a clip.</summary>
public enum FrameReduction
{
    /// <summary>Their mean over all frames.</summary>
    Mean,

    /// <summary>The largest of all frames.</summary>
    Max,

    /// <summary>That of the last frame.</summary>
    Last,
}

/// <summary>From scores to what the head makes of them.</summary>
internal static class ClassHeads
{
    // What rounding may add to a probability that a model computes by itself
    private const float Slack = 1e-4f;

    /// <summary>The probabilities, or the scores themselves where there are none.</summary>
    /// <exception cref="ModelFormatException">The scores are said to be probabilities, and are not.</exception>
    public static void Apply(this ClassHead head, ReadOnlySpan<float> scores, Span<float> values, string model)
    {
        switch (head)
        {
            case ClassHead.Softmax:
                Softmax.Of(scores, values);
                return;
            case ClassHead.Sigmoid:
                for (int i = 0; i < scores.Length; i++)
                    values[i] = (float)(1 / (1 + Math.Exp(-(double)scores[i])));
                return;
            case ClassHead.Probabilities:
                foreach (float score in scores)
                    if (score is < -Slack or > 1 + Slack)
                        throw new ModelFormatException(
                            FormattableString.Invariant(
                                $"{model}: a score is {score}, but the head is said to be probabilities, from 0 to 1; give the head as ")
                                + "softmax, sigmoid or linear.");
                scores.CopyTo(values);
                return;
            default:
                scores.CopyTo(values);
                return;
        }
    }

    /// <summary>The name in a contract and on the command line.</summary>
    public static string Name(this ClassHead head) => head.ToString().ToLowerInvariant();

    /// <summary>Whether the head says how likely something is.</summary>
    public static bool HasProbabilities(this ClassHead head) => head != ClassHead.Linear;
}
