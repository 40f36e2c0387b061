using System.Numerics.Tensors;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// YIN's cumulative mean normalised difference of a frame, and the lags between samples at which it dips.
/// </summary>
/// <remarks>
/// A. de Cheveigné, H. Kawahara, "YIN, a fundamental frequency estimator for speech and music", J. Acoust. Soc. Am. 111, 1917, 2002,
/// doi:10.1121/1.1458024: steps 2 (difference), 3 (cumulative mean normalisation) and 5 (parabolic interpolation: depths of the
/// normalised difference, lags of the plain one). The two windows of each lag lie evenly around the frame's centre, so that a gliding
/// pitch is that of the centre. Holds buffers: one per thread.
/// </remarks>
internal sealed class YinDifference
{
    private const double WindowPeriods = 1.5;

    private readonly int _shortest;
    private readonly int _longest;
    private readonly int _window;
    private readonly double[] _difference;
    private readonly double[] _normalised;

    public YinDifference(int sampleRate, PitchOptions options)
    {
        _shortest = Math.Max(2, (int)Math.Floor(sampleRate / options.MaximumHertz));
        _longest = Math.Max(_shortest + 1, (int)Math.Ceiling(sampleRate / options.MinimumHertz));
        _window = Math.Max(2, (int)Math.Ceiling(WindowPeriods * sampleRate / options.MinimumHertz));
        _difference = new double[_longest + 2];
        _normalised = new double[_longest + 2];
    }

    /// <summary>The shortest lag that is looked at, in samples.</summary>
    public int Shortest => _shortest;

    /// <summary>The samples that a frame reaches to either side of its centre.</summary>
    public int Margin => (_window + _longest + 3) / 2;

    /// <summary>The cumulative mean normalised difference of the last frame, by lag.</summary>
    public ReadOnlySpan<double> Normalised => _normalised;

    /// <summary>Measures one frame.</summary>
    /// <param name="samples">The clip.</param>
    /// <param name="centre">The frame's middle: at least <see cref="Margin"/> from either end.</param>
    public void Measure(ReadOnlySpan<float> samples, int centre)
    {
        double sum = 0;
        _normalised[0] = 1;
        for (int lag = 1; lag < _difference.Length; lag++)
        {
            int start = centre - ((_window + lag) / 2);
            double distance = TensorPrimitives.Distance<float>(samples.Slice(start, _window), samples.Slice(start + lag, _window));
            _difference[lag] = distance * distance;
            sum += _difference[lag];
            _normalised[lag] = sum > 0 ? _difference[lag] * lag / sum : 1;
        }
    }

    /// <summary>The dips of the last frame between the shortest and the longest period, in order of their lags.</summary>
    /// <param name="dips">Gets each dip's lag and depth (0: perfectly periodic, about 1: not at all).</param>
    public void AddDips(List<PitchCandidate> dips)
    {
        for (int lag = _shortest; lag <= _longest; lag++)
            if (_normalised[lag] < _normalised[lag - 1] && _normalised[lag] <= _normalised[lag + 1])
                dips.Add(new PitchCandidate(Refine(lag), Math.Max(0, Parabola(_normalised, lag).Height)));
    }

    private double Refine(int lag)
    {
        int near = Math.Max(2, lag - 1);
        for (int other = near; other <= Math.Min(lag + 1, _longest); other++)
            if (_difference[other] < _difference[near])
                near = other;
        return near + Parabola(_difference, near).Shift;
    }

    /// <summary>The lowest point of the parabola through three neighbours; the middle one where they have none between them.</summary>
    private static (double Shift, double Height) Parabola(double[] values, int middle)
    {
        double left = values[middle - 1], here = values[middle], right = values[middle + 1];
        double curve = left - (2 * here) + right;
        double shift = curve > 0 ? (left - right) / (2 * curve) : 0;
        return Math.Abs(shift) > 1 ? (0, here) : (shift, here - ((left - right) * shift / 4));
    }
}
