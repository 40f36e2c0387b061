namespace AudioEmotionXai.Attribution;

/// <summary>Which number of the target class a gradient explains.</summary>
public enum ExplainedScore
{
    /// <summary>The score before the softmax: one class, not the competition between classes.</summary>
    Logit,

    /// <summary>The probability, where the model itself ends in a Softmax; other models' last output is explained as it is.</summary>
    Probability,
}
