namespace AudioEmotionXai.Evaluation;

/// <summary>What masked cells are filled with; every fill takes something else from the clip, so a finding that holds under several is
/// safer.</summary>
public enum FillKind
{
    /// <summary>The clip's smallest value: silence.</summary>
    Minimum,

    /// <summary>The clip's mean: the notebook's choice.</summary>
    Mean,

    /// <summary>The clip blurred (Gaussian of 6 cells along both axes, edges mirrored): fine structure goes, the outline stays.</summary>
    Blur,

    /// <summary>Independent normal noise with the clip's mean and standard deviation.</summary>
    Noise,
}
