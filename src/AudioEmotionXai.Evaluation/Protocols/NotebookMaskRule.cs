namespace AudioEmotionXai.Evaluation;

/// <summary>Which cells the notebook's protocol masks; areas differ from method to method, as they did there.</summary>
internal enum NotebookMaskRule
{
    /// <summary>Cells above the 80th percentile (GradCAM).</summary>
    TopShare,

    /// <summary>Cells whose magnitude is above the 80th percentile of magnitudes (LRP).</summary>
    TopMagnitude,

    /// <summary>Cells above 0.5 (silence).</summary>
    AboveHalf,

    /// <summary>The positive ones among the 30 segments of largest magnitude; equal values count as one segment (LIME,
    /// KernelSHAP).</summary>
    PositiveSegments,
}
