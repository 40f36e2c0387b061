using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioEmotionXai;

/// <summary>
/// Powers of two: the real frame is read as a complex one of half the length, transformed by Stockham's self-sorting
/// algorithm in steps of four (and a last one of two where needed), and taken apart by symmetry.
/// </summary>
/// <remarks>
/// MathNet's managed transform takes about seven times as long. Double precision is needed: rounding in single precision
/// moves cells near the 80 dB floor by more than the 0.001 dB that the front end is held to.
/// </remarks>
internal sealed class RadixFourSpectrum : RealSpectrum
{
    private readonly int _half;
    private readonly double[] _cosines;
    private readonly double[] _sines;
    private double[] _real;
    private double[] _imaginary;
    private double[] _nextReal;
    private double[] _nextImaginary;

    public RadixFourSpectrum(int size)
        : base(size)
    {
        _half = size / 2;
        _cosines = new double[size];
        _sines = new double[size];
        for (int i = 0; i < size; i++)
            (_sines[i], _cosines[i]) = Math.SinCos(-2 * Math.PI * i / size);
        _real = new double[_half];
        _imaginary = new double[_half];
        _nextReal = new double[_half];
        _nextImaginary = new double[_half];
    }

    public override void Forward(ReadOnlySpan<float> samples, ReadOnlySpan<double> window, Span<double> real, Span<double> imaginary)
    {
        for (int i = 0; i < _half; i++)
        {
            _real[i] = samples[2 * i] * window[2 * i];
            _imaginary[i] = samples[(2 * i) + 1] * window[(2 * i) + 1];
        }

        Transform();
        Separate(real, imaginary);
    }

    public override void Inverse(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> samples)
    {
        Join(real, imaginary);
        Transform();
        for (int i = 0; i < _half; i++)
        {
            samples[2 * i] = _real[i] / _half;
            samples[(2 * i) + 1] = -_imaginary[i] / _half;
        }
    }

    private void Transform()
    {
        int length = _half;
        int stride = 1;
        for (; length >= 4; length /= 4, stride *= 4)
        {
            StepOfFour(length / 4, stride);
            Swap();
        }

        if (length == 2)
        {
            StepOfTwo(stride);
            Swap();
        }
    }

    private void Swap()
    {
        (_real, _nextReal) = (_nextReal, _real);
        (_imaginary, _nextImaginary) = (_nextImaginary, _imaginary);
    }

    private void StepOfFour(int quarter, int stride)
    {
        for (int p = 0; p < quarter; p++)
        {
            int twiddle = 2 * p * stride;
            Twiddles w = new(_cosines, _sines, twiddle);
            if (stride < Vector256<double>.Count)
                ButterfliesOneByOne(p, quarter, stride, w);
            else
                Butterflies(p, quarter, stride, w);
        }
    }

    private void ButterfliesOneByOne(int p, int quarter, int stride, in Twiddles w)
    {
        for (int q = 0; q < stride; q++)
        {
            int from = q + (stride * p);
            int step = stride * quarter;
            double ar = _real[from],
                br = _real[from + step],
                cr = _real[from + (2 * step)],
                dr = _real[from + (3 * step)];
            double ai = _imaginary[from],
                bi = _imaginary[from + step],
                ci = _imaginary[from + (2 * step)],
                di = _imaginary[from + (3 * step)];
            int to = q + (4 * stride * p);
            StoreTurned(to, ar + cr + (br + dr), ai + ci + (bi + di), 1, 0);
            StoreTurned(to + stride, ar - cr + (bi - di), ai - ci - (br - dr), w.Cosine1, w.Sine1);
            StoreTurned(to + (2 * stride), ar + cr - (br + dr), ai + ci - (bi + di), w.Cosine2, w.Sine2);
            StoreTurned(to + (3 * stride), ar - cr - (bi - di), ai - ci + (br - dr), w.Cosine3, w.Sine3);
        }
    }

    private void StoreTurned(int index, double real, double imaginary, double cosine, double sine)
    {
        _nextReal[index] = (real * cosine) - (imaginary * sine);
        _nextImaginary[index] = (real * sine) + (imaginary * cosine);
    }

    private void Butterflies(int p, int quarter, int stride, in Twiddles w)
    {
        int step = stride * quarter;
        ref double real = ref _real[stride * p], imaginary = ref _imaginary[stride * p];
        ref double nextReal = ref _nextReal[4 * stride * p], nextImaginary = ref _nextImaginary[4 * stride * p];
        for (int q = 0; q < stride; q += Vector256<double>.Count)
        {
            Vector256<double> ar = At(ref real, q),
                br = At(ref real, q + step),
                cr = At(ref real, q + (2 * step)),
                dr = At(ref real, q + (3 * step));
            Vector256<double> ai = At(ref imaginary, q),
                bi = At(ref imaginary, q + step),
                ci = At(ref imaginary, q + (2 * step)),
                di = At(ref imaginary, q + (3 * step));
            Vector256<double> sumR = ar + cr,
                sumI = ai + ci,
                differenceR = ar - cr,
                differenceI = ai - ci;
            Vector256<double> otherSumR = br + dr,
                otherSumI = bi + di,
                otherDifferenceR = br - dr,
                otherDifferenceI = bi - di;
            (sumR + otherSumR).StoreUnsafe(ref nextReal, (nuint)q);
            (sumI + otherSumI).StoreUnsafe(ref nextImaginary, (nuint)q);
            StoreTurned(
                ref nextReal, ref nextImaginary, stride + q, differenceR + otherDifferenceI, differenceI - otherDifferenceR, w.Cosine1,
                w.Sine1);
            StoreTurned(ref nextReal, ref nextImaginary, (2 * stride) + q, sumR - otherSumR, sumI - otherSumI, w.Cosine2, w.Sine2);
            StoreTurned(
                ref nextReal, ref nextImaginary, (3 * stride) + q, differenceR - otherDifferenceI, differenceI + otherDifferenceR,
                w.Cosine3, w.Sine3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTurned(
        ref double nextReal, ref double nextImaginary, int index, Vector256<double> real, Vector256<double> imaginary, double cosine,
        double sine)
    {
        ((real * cosine) - (imaginary * sine)).StoreUnsafe(ref nextReal, (nuint)index);
        ((real * sine) + (imaginary * cosine)).StoreUnsafe(ref nextImaginary, (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> At(ref double first, int index) => Vector256.LoadUnsafe(ref first, (nuint)index);

    private void StepOfTwo(int stride)
    {
        for (int q = 0; q < stride; q++)
        {
            _nextReal[q] = _real[q] + _real[q + stride];
            _nextImaginary[q] = _imaginary[q] + _imaginary[q + stride];
            _nextReal[q + stride] = _real[q] - _real[q + stride];
            _nextImaginary[q + stride] = _imaginary[q] - _imaginary[q + stride];
        }
    }

    /// <summary>Even and odd samples were transformed as real and imaginary part; their spectra are the two symmetric halves.</summary>
    private void Separate(Span<double> real, Span<double> imaginary)
    {
        for (int k = 1; k < _half; k++)
        {
            int mirror = _half - k;
            double evenR = 0.5 * (_real[k] + _real[mirror]), evenI = 0.5 * (_imaginary[k] - _imaginary[mirror]);
            double oddR = 0.5 * (_imaginary[k] + _imaginary[mirror]), oddI = 0.5 * (_real[mirror] - _real[k]);
            real[k] = evenR + (oddR * _cosines[k]) - (oddI * _sines[k]);
            imaginary[k] = evenI + (oddR * _sines[k]) + (oddI * _cosines[k]);
        }

        (real[0], imaginary[0]) = (_real[0] + _imaginary[0], 0);
        (real[_half], imaginary[_half]) = (_real[0] - _imaginary[0], 0);
    }

    /// <summary>The way back from <see cref="Separate"/>, conjugated: the forward transform of that is the conjugate of the inverse
    /// one.</summary>
    private void Join(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary)
    {
        for (int k = 1; k < _half; k++)
        {
            int mirror = _half - k;
            double evenR = 0.5 * (real[k] + real[mirror]), evenI = 0.5 * (imaginary[k] - imaginary[mirror]);
            double turnedR = 0.5 * (real[k] - real[mirror]), turnedI = 0.5 * (imaginary[k] + imaginary[mirror]);
            double oddR = (turnedR * _cosines[k]) + (turnedI * _sines[k]), oddI = (turnedI * _cosines[k]) - (turnedR * _sines[k]);
            _real[k] = evenR - oddI;
            _imaginary[k] = -(evenI + oddR);
        }

        _real[0] = 0.5 * (real[0] + real[_half]);
        _imaginary[0] = -0.5 * (real[0] - real[_half]);
    }

    /// <summary>The three factors of one group of butterflies.</summary>
    private readonly struct Twiddles(double[] cosines, double[] sines, int index)
    {
        public double Cosine1 { get; } = cosines[index];

        public double Sine1 { get; } = sines[index];

        public double Cosine2 { get; } = cosines[2 * index];

        public double Sine2 { get; } = sines[2 * index];

        public double Cosine3 { get; } = cosines[3 * index % cosines.Length];

        public double Sine3 { get; } = sines[3 * index % sines.Length];
    }
}
