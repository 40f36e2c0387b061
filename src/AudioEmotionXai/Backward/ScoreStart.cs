namespace AudioEmotionXai.Backward;

/// <summary>What the way back starts from at the target class.</summary>
public enum ScoreStart
{
    /// <summary>One: the derivative of the score by itself, or relevance in shares of one.</summary>
    One,

    /// <summary>The target's score itself, as relevance propagation is usually written.</summary>
    Logit,
}
