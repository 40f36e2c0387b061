using System.Numerics;

namespace AudioEmotionXai.Reporting;

/// <summary>The autocorrelation of a frame, divided by that of its window, and the lags between samples at which it peaks.</summary>
/// <remarks>
/// P. Boersma, "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a sampled sound", Proc.
/// Institute of Phonetic Sciences Amsterdam 17, 97-110, 1993: a Hann window three of the longest periods long, the mean over two of these
/// periods taken away, and the division by the window's own autocorrelation, which makes the peak of a periodic sound 1 whatever the lag.
/// Unlike there, peaks are interpolated by a parabola: at 40 samples a period and more that is enough. A frame holds three periods of
/// the lowest pitch, so that a period that is longer or shorter than its neighbours, as in a creaky voice, lowers the peak and does not
/// take it away. Holds buffers: one per thread.
/// </remarks>
internal sealed class PitchAutocorrelation
{
    private const double WindowPeriods = 3;

    private readonly int _shortest;
    private readonly int _longest;
    private readonly int _size;
    private readonly RealSpectrum _spectrum;
    private readonly float[] _samples;
    private readonly double[] _window;
    private readonly double[] _real;
    private readonly double[] _imaginary;
    private readonly double[] _products;
    private readonly double[] _windowCorrelation;
    private readonly double[] _correlation;

    public PitchAutocorrelation(int sampleRate, PitchOptions options)
    {
        _shortest = Math.Max(2, (int)Math.Floor(sampleRate / options.MaximumHertz));
        _longest = Math.Max(_shortest + 1, (int)Math.Ceiling(sampleRate / options.MinimumHertz));
        _size = 2 * (int)Math.Ceiling(WindowPeriods * sampleRate / options.MinimumHertz / 2);
        // Zeros behind the frame, so that its end does not meet its start at any lag that is read
        int padded = (int)BitOperations.RoundUpToPowerOf2((uint)(_size + _longest + 2));
        _spectrum = new RealSpectrum(padded);
        (_samples, _window, _products) = (new float[padded], new double[padded], new double[padded]);
        (_real, _imaginary) = (new double[(padded / 2) + 1], new double[(padded / 2) + 1]);
        for (int i = 0; i < _size; i++)
            _window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / _size));
        _correlation = new double[_longest + 2];
        _windowCorrelation = new double[_longest + 2];
        for (int lag = 0; lag < _windowCorrelation.Length; lag++)
            for (int i = 0; i + lag < _size; i++)
                _windowCorrelation[lag] += _window[i] * _window[i + lag];
    }

    /// <summary>The samples that a frame reaches to either side of its centre.</summary>
    public int Margin => _size / 2;

    /// <summary>The samples of half the longest period.</summary>
    public int HalfPeriod => _longest / 2;

    /// <summary>How far below the highest pitch a period is, in octaves.</summary>
    public double OctavesBelowHighest(double lag) => Math.Log2(lag / _shortest);

    /// <summary>The normalised autocorrelation of the last frame, by lag: 1 at lag 0.</summary>
    public ReadOnlySpan<double> Correlation => _correlation;

    /// <summary>Measures one frame.</summary>
    /// <param name="samples">The clip.</param>
    /// <param name="centre">The frame's middle: at least <see cref="Margin"/> from either end.</param>
    public void Measure(ReadOnlySpan<float> samples, int centre)
    {
        ReadOnlySpan<float> frame = samples.Slice(centre - Margin, _size);
        int around = Math.Min(_longest, Margin);
        double mean = Sums.Of(samples.Slice(centre - around, 2 * around)) / (2 * around);
        for (int i = 0; i < _size; i++)
            _samples[i] = (float)(frame[i] - mean);
        _spectrum.Forward(_samples, _window, _real, _imaginary);
        for (int k = 0; k < _real.Length; k++)
            (_real[k], _imaginary[k]) = ((_real[k] * _real[k]) + (_imaginary[k] * _imaginary[k]), 0);
        _spectrum.Inverse(_real, _imaginary, _products);
        for (int lag = 0; lag < _correlation.Length; lag++)
            _correlation[lag] = _products[0] > 0 ? _products[lag] / _products[0] * (_windowCorrelation[0] / _windowCorrelation[lag]) : 0;
    }

    /// <summary>The peaks of the last frame between the shortest and the longest period, in order of their lags.</summary>
    /// <param name="least">Lower ones are left out.</param>
    /// <param name="peaks">Gets each peak's lag, and as cost its height below 0 (-1: perfectly periodic).</param>
    public void AddPeaks(double least, List<PitchCandidate> peaks)
    {
        for (int lag = _shortest; lag <= _longest; lag++)
        {
            (double left, double here, double right) = (_correlation[lag - 1], _correlation[lag], _correlation[lag + 1]);
            if (here <= least || here <= left || here < right)
                continue;
            double curve = left - (2 * here) + right;
            double shift = curve < 0 ? (left - right) / (2 * curve) : 0;
            double height = here - ((left - right) * shift / 4);
            // A parabola can reach above 1, where the true peak cannot
            peaks.Add(new PitchCandidate(lag + shift, -(height > 1 ? 1 / height : height)));
        }
    }
}
