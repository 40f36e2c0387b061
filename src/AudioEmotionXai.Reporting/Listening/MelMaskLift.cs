using System.Numerics.Tensors;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// Lifts one frame of a mel mask to the frequencies of the Fourier transform: of the linear masks within [0,1] whose average under every
/// mel triangle is, as nearly as can be, the mel mask's value, the one close to plain interpolation between the triangles; with smoothed
/// edges. Holds scratch buffers: one per thread.
/// </summary>
/// <remarks>
/// With A the filter bank, rows scaled to sum to 1, and g the mask interpolated between the triangles, the steps
/// g + A'D(m - Ag), clipped to [0,1] each, with D one over the row sums of AA', lead from there to the bounded least-squares solution;
/// where nothing is clipped that is the pseudo-inverse's, g + A⁺(m - Ag). Clipping the pseudo-inverse's solution once would leave a dip
/// of a decibel inside of every edge. Ones stay ones, and the lifts of m and of 1 - m add up to one.
/// L. Landweber, "An iteration formula for Fredholm integral equations of the first kind", 1951, doi:10.2307/2372313.
/// </remarks>
internal sealed class MelMaskLift
{
    private const int Steps = 8;

    private readonly MelFilterBank _filters;
    private readonly double[] _rowSum;
    private readonly double[] _step;
    private readonly double[] _rest;
    private readonly double[] _unsmoothed;

    public MelMaskLift(LogMelOptions options)
    {
        _filters = new MelFilterBank(options);
        _rowSum = new double[_filters.Bins];
        _step = new double[_filters.Bins];
        _rest = new double[_filters.Bins];
        _unsmoothed = new double[_filters.LineSums.Length];
        for (int bin = 0; bin < _filters.Bins; bin++)
            _rowSum[bin] = TensorPrimitives.Sum(_filters.Triangle(bin, out _));
        MeasureSteps();
    }

    /// <summary>Lifts one frame.</summary>
    /// <param name="mel">One value from 0 to 1 per mel bin.</param>
    /// <param name="linear">Receives one value from 0 to 1 for each frequency from 0 to half the FFT's size.</param>
    public void Lift(ReadOnlySpan<double> mel, Span<double> linear)
    {
        Interpolate(mel, _unsmoothed);
        for (int step = 0; step < Steps; step++)
            Approach(mel);
        Smooth(_unsmoothed, linear);
    }

    /// <summary>One over the row sums of AA', times the row's own scale; 0 for a triangle so narrow that it touches no frequency.</summary>
    private void MeasureSteps()
    {
        double[] columns = new double[_unsmoothed.Length];
        for (int bin = 0; bin < _filters.Bins; bin++)
            AddTriangle(columns, bin, _rowSum[bin] > 0 ? 1 / _rowSum[bin] : 0);
        for (int bin = 0; bin < _filters.Bins; bin++)
            _step[bin] = _rowSum[bin] > 0 ? 1 / _filters.Apply(bin, columns) : 0;
    }

    private void Interpolate(ReadOnlySpan<double> mel, Span<double> linear)
    {
        linear.Clear();
        for (int bin = 0; bin < _filters.Bins; bin++)
            AddTriangle(linear, bin, mel[bin]);
        for (int k = 0; k < linear.Length; k++)
            if (_filters.LineSums[k] > 0)
                linear[k] /= _filters.LineSums[k];
        FillUncovered(linear);
    }

    /// <summary>Frequencies that no triangle covers take the value of the nearest one below that is covered, the lowest ones that of the
    /// first.</summary>
    private void FillUncovered(Span<double> linear)
    {
        int covered = _filters.LineSums.AsSpan().IndexOfAnyExcept(0);
        double last = covered < 0 ? 0 : linear[covered];
        for (int k = 0; k < linear.Length; k++)
        {
            if (_filters.LineSums[k] > 0)
                last = linear[k];
            else
                linear[k] = last;
        }
    }

    private void Approach(ReadOnlySpan<double> mel)
    {
        for (int bin = 0; bin < _filters.Bins; bin++)
            _rest[bin] = _step[bin] * (mel[bin] - (_filters.Apply(bin, _unsmoothed) / Math.Max(_rowSum[bin], double.Epsilon)));
        for (int bin = 0; bin < _filters.Bins; bin++)
            AddTriangle(_unsmoothed, bin, _rest[bin]);
        foreach (ref double value in _unsmoothed.AsSpan())
            value = Math.Clamp(value, 0, 1);
    }

    private void AddTriangle(Span<double> linear, int bin, double factor)
    {
        ReadOnlySpan<double> weights = _filters.Triangle(bin, out int first);
        Span<double> target = linear.Slice(first, weights.Length);
        for (int i = 0; i < weights.Length; i++)
            target[i] += factor * weights[i];
    }

    private static void Smooth(ReadOnlySpan<double> source, Span<double> target)
    {
        for (int k = 0; k < source.Length; k++)
            target[k] = (0.25 * source[Math.Max(k - 1, 0)]) + (0.5 * source[k]) + (0.25 * source[Math.Min(k + 1, source.Length - 1)]);
    }
}
