namespace AudioEmotionXai;

/// <summary>The Fourier transform of real frames and back, for one size. Instances hold scratch buffers: one per thread.</summary>
internal abstract class RealSpectrum(int size)
{
    private readonly double[] _real = new double[(size / 2) + 1];
    private readonly double[] _imaginary = new double[(size / 2) + 1];

    /// <summary>The implementation for a size.</summary>
    /// <param name="size">Samples in a frame, at least 2.</param>
    public static RealSpectrum Create(int size) => size >= 8 && System.Numerics.BitOperations.IsPow2(size)
        ? new RadixFourSpectrum(size)
        : new AnySizeSpectrum(size);

    /// <summary>The squared magnitudes of one frame.</summary>
    /// <param name="samples">As many samples as the size.</param>
    /// <param name="window">As many weights.</param>
    /// <param name="power">Receives size/2 + 1 squared magnitudes.</param>
    public void Power(ReadOnlySpan<float> samples, ReadOnlySpan<double> window, Span<double> power)
    {
        Forward(samples, window, _real, _imaginary);
        for (int k = 0; k < power.Length; k++)
            power[k] = (_real[k] * _real[k]) + (_imaginary[k] * _imaginary[k]);
    }

    /// <summary>Transforms one frame.</summary>
    /// <param name="samples">As many samples as the size.</param>
    /// <param name="window">As many weights.</param>
    /// <param name="real">Receives the real parts of frequencies 0 to size/2.</param>
    /// <param name="imaginary">Receives the imaginary parts.</param>
    public abstract void Forward(ReadOnlySpan<float> samples, ReadOnlySpan<double> window, Span<double> real, Span<double> imaginary);

    /// <summary>Turns a spectrum back into the frame that <see cref="Forward"/> with a window of ones would have read.</summary>
    /// <param name="real">The real parts of frequencies 0 to size/2.</param>
    /// <param name="imaginary">The imaginary parts; what stands at frequency 0 and, for an even size, at the last one is ignored.</param>
    /// <param name="samples">Receives as many samples as the size.</param>
    public abstract void Inverse(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> samples);
}
