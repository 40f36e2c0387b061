namespace AudioEmotionXai;

/// <summary>How the triangles of a mel filter bank are scaled.</summary>
public enum MelNorm
{
    /// <summary>Every triangle has the same area: divided by half its width in hertz. librosa's default.</summary>
    Slaney,

    /// <summary>Every triangle peaks at 1.</summary>
    None,
}
