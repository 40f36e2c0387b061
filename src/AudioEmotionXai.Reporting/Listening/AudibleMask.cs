namespace AudioEmotionXai.Reporting;

/// <summary>
/// Makes a mask over a log-mel spectrogram audible: each frame of the clip's own short-time Fourier transform is multiplied by the
/// mask, phases are kept, and the frames are added up again. Make it once per front end; safe to use from many threads.
/// </summary>
/// <remarks>
/// The mel mask is lifted to the linear frequencies by the filter bank's pseudo-inverse, kept between 0 and 1, with smoothed edges
/// (see <c>MelMaskLift</c>); where the front end's hop is longer than a quarter of a frame, frames in between are added and the mask is
/// interpolated. Frames are tapered by the front end's window before and after the mask, and the sum is divided by that of the
/// squared windows: D. W. Griffin, J. S. Lim, "Signal estimation from modified short-time Fourier transform", 1984,
/// doi:10.1109/TASSP.1984.1164317. A mask of ones returns the clip, and the sounds of a mask and of its complement add up to it.
/// <para>
/// What comes out has the front end's sample rate and at most its length: it is what the model heard. A clip of another rate is resampled
/// first, and frequencies beyond the highest mel bin go as that bin goes.
/// </para>
/// </remarks>
public sealed class AudibleMask
{
    private const double SmallestWeight = 1e-12;

    private readonly double[] _window;
    private readonly int _hop;

    /// <summary>Prepares the window.</summary>
    /// <param name="options">The front end whose maps are made audible; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public AudibleMask(LogMelOptions? options = null)
    {
        Options = options ?? new LogMelOptions();
        Options.Validate();
        _window = Stft.CreateWindow(Options.Window, Options.FftSize);
        _hop = Math.Min(Options.HopLength, Math.Max(1, Options.FftSize / 4));
    }

    /// <summary>The front end's constants.</summary>
    public LogMelOptions Options { get; }

    /// <summary>The clip as the model hears it: at the front end's rate, cut to its length; a shorter clip stays as long as it
    /// is.</summary>
    /// <param name="clip">The clip.</param>
    public AudioClip Heard(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        AudioClip source = Resampler.Resample(clip, Options.SampleRate);
        return new AudioClip(source.Samples[..Math.Min(source.Samples.Length, Options.SampleCount)], Options.SampleRate);
    }

    /// <summary>The clip with every cell turned down as the mask says.</summary>
    /// <param name="clip">The clip; neither its level nor its peak is touched otherwise, and samples may exceed 1.</param>
    /// <param name="mask">Bins x frames of the front end: 1 keeps a cell, 0 silences it; what lies outside of that is cut to it.</param>
    /// <returns>As long as <see cref="Heard"/> gives it.</returns>
    /// <exception cref="ArgumentException">The mask is not of the front end's size, or has a value that is not a number.</exception>
    public AudioClip Apply(AudioClip clip, TimeFrequencyMap mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ThrowUnlessFits(mask);
        AudioClip heard = Heard(clip);
        return new AudioClip(Mask(heard.Samples.Span, mask), heard.SampleRate);
    }

    internal void ThrowUnlessFits(TimeFrequencyMap mask)
    {
        if (mask.Bins != Options.MelBins || mask.Frames != Options.FrameCount)
            throw new ArgumentException(
                $"The mask is {mask.Bins} bins x {mask.Frames} frames; the front end's maps are {Options.MelBins} x {Options.FrameCount}.",
                nameof(mask));
        int wrong = mask.Span.IndexOf(float.NaN);
        if (wrong >= 0)
            throw new ArgumentException(
                $"Bin {wrong / mask.Frames}, frame {wrong % mask.Frames} of the mask is not a number; expected 0 to 1.", nameof(mask));
    }

    private float[] Mask(ReadOnlySpan<float> samples, TimeFrequencyMap mask)
    {
        int size = Options.FftSize, firstCentre = Options.Center ? 0 : size / 2;
        int before = (firstCentre + (size / 2) + _hop - 1) / _hop;
        int start = firstCentre - (before * _hop) - (size / 2);
        int frames = ((samples.Length - start - 1) / _hop) + 1;
        float[] padded = new float[((frames - 1) * _hop) + size];
        samples.CopyTo(padded.AsSpan(-start));
        double[] sum = new double[padded.Length], weight = new double[padded.Length];
        FrameMasker masker = new(Options, _window);
        for (int frame = 0; frame < frames; frame++)
        {
            int at = frame * _hop;
            double column = (double)(frame - before) * _hop / Options.HopLength;
            masker.Add(padded.AsSpan(at, size), mask, column, sum.AsSpan(at, size), weight.AsSpan(at, size));
        }

        float[] result = new float[samples.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = (float)(sum[i - start] / Math.Max(weight[i - start], SmallestWeight));
        return result;
    }
}

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
