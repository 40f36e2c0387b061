namespace AudioEmotionXai.Attribution;

/// <summary>Which number of the target class a perturbation method watches.</summary>
public enum ClassScore
{
    /// <summary>The probability, 0 to 1: what lime explains.</summary>
    Probability,

    /// <summary>The score before the softmax: one class, not the competition between classes.</summary>
    Logit,
}
