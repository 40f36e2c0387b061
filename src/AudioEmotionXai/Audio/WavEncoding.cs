namespace AudioEmotionXai;

/// <summary>How a <see cref="WavWriter"/> encodes samples.</summary>
public enum WavEncoding
{
    /// <summary>16-bit integers; samples beyond -1 to 1 are clipped. What every player reads.</summary>
    Pcm16,

    /// <summary>32-bit floating point; nothing is lost.</summary>
    Float32,
}
