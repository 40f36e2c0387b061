namespace AudioEmotionXai;

/// <summary>Which number of the target class a method explains.</summary>
public enum ClassScore
{
    /// <summary>The score before the softmax: one class, not the competition between classes.</summary>
    Logit,

    /// <summary>The probability, 0 to 1: the competition between classes.</summary>
    Probability,
}
