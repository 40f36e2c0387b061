namespace AudioEmotionXai;

/// <summary>What stands before the first and after the last sample when frames are centred.</summary>
public enum SignalPadding
{
    /// <summary>Zeros ("constant" in NumPy and librosa).</summary>
    Zeros,

    /// <summary>The signal mirrored, without repeating its end ("reflect").</summary>
    Reflect,
}
