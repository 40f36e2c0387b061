namespace AudioEmotionXai;

/// <summary>The power that is 0 dB.</summary>
public enum DecibelReference
{
    /// <summary>The loudest cell of the clip: every map peaks at 0 dB.</summary>
    ClipMaximum,

    /// <summary>A power of 1.</summary>
    One,
}
