namespace AudioEmotionXai.Audio;

/// <summary>The squared magnitudes of a real signal's Fourier transform, for one size. Instances hold scratch buffers: one per thread.</summary>
internal abstract class RealSpectrum
{
    /// <summary>The implementation for a size.</summary>
    /// <param name="size">Samples in a frame, at least 2.</param>
    public static RealSpectrum Create(int size) => size >= 8 && System.Numerics.BitOperations.IsPow2(size)
        ? new RadixFourSpectrum(size)
        : new AnySizeSpectrum(size);

    /// <summary>Transforms one frame.</summary>
    /// <param name="samples">As many samples as the size.</param>
    /// <param name="window">As many weights.</param>
    /// <param name="power">Receives size/2 + 1 squared magnitudes.</param>
    public abstract void Power(ReadOnlySpan<float> samples, ReadOnlySpan<double> window, Span<double> power);
}
