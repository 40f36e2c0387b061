using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.IntegralTransforms;
using NWaves.Transforms;

namespace AudioEmotionXai;

/// <summary>The Fourier transform of real frames and back, for one size. Instances hold scratch buffers: one per thread.</summary>
/// <remarks>
/// NWaves' transform of double precision for powers of two, one of mixed radix for products of small primes, MathNet's (Bluestein's
/// algorithm, which starts threads for every frame) for the rest. Rounding in single precision would move cells near the 80 dB floor by
/// thousandths of a decibel.
/// </remarks>
internal sealed class RealSpectrum
{
    private readonly RealFft64? _powerOfTwo;
    private readonly MixedRadixTransform? _mixed;
    private readonly Complex[] _anySize;
    private readonly double[] _frame;
    private readonly double[] _real;
    private readonly double[] _imaginary;

    /// <summary>Prepares the transform of one size.</summary>
    /// <param name="size">Samples in a frame, at least 2.</param>
    public RealSpectrum(int size)
    {
        if (size >= 8 && BitOperations.IsPow2(size))
            _powerOfTwo = new RealFft64(size);
        _mixed = _powerOfTwo is null ? MixedRadixTransform.TryCreate(size) : null;
        _anySize = _powerOfTwo is null && _mixed is null ? new Complex[size] : [];
        _frame = new double[size];
        _real = new double[(size / 2) + 1];
        _imaginary = new double[(size / 2) + 1];
    }

    /// <summary>The squared magnitudes of one frame.</summary>
    /// <param name="samples">As many samples as the size, or fewer: zeros come behind them.</param>
    /// <param name="window">As many weights.</param>
    /// <param name="power">Receives size/2 + 1 squared magnitudes.</param>
    /// <param name="prepare">What is done to the frame before it is tapered.</param>
    public void Power(ReadOnlySpan<float> samples, ReadOnlySpan<double> window, Span<double> power, Action<Span<double>>? prepare = null)
    {
        // Much of a short clip that zeros fill is silence, whose spectrum needs no transform
        if (samples.IndexOfAnyExcept(0f) < 0)
        {
            power.Clear();
            return;
        }

        Forward(samples, window, _real, _imaginary, prepare);
        for (int k = 0; k < power.Length; k++)
            power[k] = (_real[k] * _real[k]) + (_imaginary[k] * _imaginary[k]);
    }

    /// <summary>Transforms one frame.</summary>
    /// <param name="samples">As many samples as the size, or fewer: zeros come behind them.</param>
    /// <param name="window">As many weights.</param>
    /// <param name="real">Receives the real parts of frequencies 0 to size/2.</param>
    /// <param name="imaginary">Receives the imaginary parts.</param>
    /// <param name="prepare">What is done to the frame before it is tapered.</param>
    public void Forward(
        ReadOnlySpan<float> samples, ReadOnlySpan<double> window, Span<double> real, Span<double> imaginary,
        Action<Span<double>>? prepare = null)
    {
        Span<double> frame = _frame.AsSpan(0, samples.Length);
        TensorPrimitives.ConvertTruncating(samples, frame);
        prepare?.Invoke(frame);
        TensorPrimitives.Multiply(frame, window, frame);
        _frame.AsSpan(samples.Length).Clear();
        if (_powerOfTwo is not null)
        {
            _powerOfTwo.Direct(_frame, real, imaginary);
            return;
        }

        if (_mixed is not null)
        {
            _frame.CopyTo(_mixed.Real, 0);
            Array.Clear(_mixed.Imaginary);
            _mixed.Run();
            _mixed.Real.AsSpan(0, (_frame.Length / 2) + 1).CopyTo(real);
            _mixed.Imaginary.AsSpan(0, (_frame.Length / 2) + 1).CopyTo(imaginary);
            return;
        }

        for (int i = 0; i < _frame.Length; i++)
            _anySize[i] = _frame[i];
        Fourier.Forward(_anySize, FourierOptions.NoScaling);
        for (int k = 0; k <= _anySize.Length / 2; k++)
            (real[k], imaginary[k]) = (_anySize[k].Real, _anySize[k].Imaginary);
    }

    /// <summary>Turns a spectrum back into the frame that <see cref="Forward"/> with a window of ones would have read.</summary>
    /// <param name="real">The real parts of frequencies 0 to size/2.</param>
    /// <param name="imaginary">The imaginary parts; what stands at frequency 0 and, for an even size, at the last one is ignored.</param>
    /// <param name="samples">Receives as many samples as the size.</param>
    public void Inverse(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> samples)
    {
        if (_powerOfTwo is not null)
        {
            _powerOfTwo.InverseNorm(real, imaginary, samples);
            return;
        }

        if (_mixed is not null)
        {
            InvertMixed(_mixed, real, imaginary, samples);
            return;
        }

        int size = _anySize.Length;
        _anySize[0] = real[0];
        for (int k = 1; k <= size / 2; k++)
        {
            _anySize[k] = 2 * k == size ? real[k] : new Complex(real[k], imaginary[k]);
            _anySize[size - k] = Complex.Conjugate(_anySize[k]);
        }

        Fourier.Inverse(_anySize, FourierOptions.NoScaling);
        for (int i = 0; i < size; i++)
            samples[i] = _anySize[i].Real / size;
    }

    /// <summary>The inverse is the transform of the conjugate; what comes out is real.</summary>
    private static void InvertMixed(
        MixedRadixTransform transform, ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> samples)
    {
        int size = transform.Real.Length;
        (double[] x, double[] y) = (transform.Real, transform.Imaginary);
        (x[0], y[0]) = (real[0], 0);
        for (int k = 1; k <= size / 2; k++)
        {
            double part = 2 * k == size ? 0 : imaginary[k];
            (x[k], y[k]) = (real[k], -part);
            (x[size - k], y[size - k]) = (real[k], part);
        }

        transform.Run();
        for (int i = 0; i < size; i++)
            samples[i] = transform.Real[i] / size;
    }
}
