namespace AudioEmotionXai;

/// <summary>The taper of one frame before its Fourier transform.</summary>
public enum SpectrumWindow
{
    /// <summary>Hann over n + 1 points without the last: the one for a Fourier transform, librosa's default.</summary>
    HannPeriodic,

    /// <summary>Hann over n points, zero at both ends: the one for filter design.</summary>
    HannSymmetric,
}
