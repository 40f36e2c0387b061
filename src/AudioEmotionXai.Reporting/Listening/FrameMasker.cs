namespace AudioEmotionXai.Reporting;

/// <summary>Masks one frame after the other: to frequencies, times the lifted mask, and back into the overlapping sum.</summary>
internal sealed class FrameMasker(LogMelOptions options, double[] window)
{
    private readonly RealSpectrum _spectrum = new RealSpectrum(options.FftSize);
    private readonly MelMaskLift _lift = new(options);
    private readonly double[] _mel = new double[options.MelBins];
    private readonly double[] _linear = new double[(options.FftSize / 2) + 1];
    private readonly double[] _real = new double[(options.FftSize / 2) + 1];
    private readonly double[] _imaginary = new double[(options.FftSize / 2) + 1];
    private readonly double[] _frame = new double[options.FftSize];

    /// <summary>Adds one masked frame.</summary>
    /// <param name="samples">The frame.</param>
    /// <param name="mask">The mask over mel bins and frames.</param>
    /// <param name="column">Which of its columns, or a place between two; its edges go on outside.</param>
    /// <param name="sum">Gets the frame, tapered twice, added.</param>
    /// <param name="weight">Gets the squared window added.</param>
    public void Add(ReadOnlySpan<float> samples, TimeFrequencyMap mask, double column, Span<double> sum, Span<double> weight)
    {
        Read(mask, column);
        _lift.Lift(_mel, _linear);
        _spectrum.Forward(samples, window, _real, _imaginary);
        for (int k = 0; k < _linear.Length; k++)
        {
            _real[k] *= _linear[k];
            _imaginary[k] *= _linear[k];
        }

        _spectrum.Inverse(_real, _imaginary, _frame);
        for (int i = 0; i < _frame.Length; i++)
        {
            sum[i] += window[i] * _frame[i];
            weight[i] += window[i] * window[i];
        }
    }

    private void Read(TimeFrequencyMap mask, double column)
    {
        double place = Math.Clamp(column, 0, mask.Frames - 1);
        int left = (int)place, right = Math.Min(left + 1, mask.Frames - 1);
        double share = place - left;
        for (int bin = 0; bin < _mel.Length; bin++)
            _mel[bin] = ((1 - share) * Math.Clamp(mask[bin, left], 0f, 1f)) + (share * Math.Clamp(mask[bin, right], 0f, 1f));
    }
}
