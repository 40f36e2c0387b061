namespace AudioEmotionXai;

/// <summary>How hertz become mel.</summary>
public enum MelScale
{
    /// <summary>Slaney's Auditory Toolbox: linear below 1 kHz (200/3 Hz a mel), logarithmic above. librosa's default.</summary>
    Slaney,

    /// <summary>HTK's formula, 2595 log10(1 + f/700).</summary>
    Htk,
}
