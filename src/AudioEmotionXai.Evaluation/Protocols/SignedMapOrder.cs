namespace AudioEmotionXai.Evaluation;

/// <summary>Which cells of a signed map come first.</summary>
public enum SignedMapOrder
{
    /// <summary>The largest values: evidence for the class.</summary>
    Evidence,

    /// <summary>The largest magnitudes, for or against the class: the notebook's choice for LRP.</summary>
    Magnitude,
}
