using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace AudioEmotionXai;

/// <summary>Any size, through MathNet's Fourier transform (Bluestein's algorithm where the size is no power of two).</summary>
internal sealed class AnySizeSpectrum(int size) : RealSpectrum(size)
{
    private readonly Complex[] _buffer = new Complex[size];

    public override void Forward(ReadOnlySpan<float> samples, ReadOnlySpan<double> window, Span<double> real, Span<double> imaginary)
    {
        for (int i = 0; i < _buffer.Length; i++)
            _buffer[i] = samples[i] * window[i];
        Fourier.Forward(_buffer, FourierOptions.NoScaling);
        for (int k = 0; k <= _buffer.Length / 2; k++)
            (real[k], imaginary[k]) = (_buffer[k].Real, _buffer[k].Imaginary);
    }

    public override void Inverse(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> samples)
    {
        int size = _buffer.Length;
        _buffer[0] = real[0];
        for (int k = 1; k <= size / 2; k++)
        {
            _buffer[k] = 2 * k == size ? real[k] : new Complex(real[k], imaginary[k]);
            _buffer[size - k] = Complex.Conjugate(_buffer[k]);
        }

        Fourier.Inverse(_buffer, FourierOptions.NoScaling);
        for (int i = 0; i < size; i++)
            samples[i] = _buffer[i].Real / size;
    }
}
