using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace AudioEmotionXai.Audio;

/// <summary>Any size, through MathNet's Fourier transform (Bluestein's algorithm where the size is no power of two).</summary>
internal sealed class AnySizeSpectrum(int size) : RealSpectrum
{
    private readonly Complex[] _buffer = new Complex[size];

    public override void Power(ReadOnlySpan<float> samples, ReadOnlySpan<double> window, Span<double> power)
    {
        for (int i = 0; i < _buffer.Length; i++)
            _buffer[i] = samples[i] * window[i];
        Fourier.Forward(_buffer, FourierOptions.NoScaling);
        for (int i = 0; i < power.Length; i++)
            power[i] = (_buffer[i].Real * _buffer[i].Real) + (_buffer[i].Imaginary * _buffer[i].Imaginary);
    }
}
