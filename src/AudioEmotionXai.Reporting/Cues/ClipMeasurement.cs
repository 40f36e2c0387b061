using System.Numerics.Tensors;

namespace AudioEmotionXai.Reporting;

/// <summary>One clip, whose pitch, level and spectra are at hand for any part of it. Holds buffers: one per thread.</summary>
internal sealed class ClipMeasurement
{
    private readonly AudioClip _clip;
    private readonly CueOptions _options;
    private readonly TimeFrequencyAxes _axes;
    private readonly PitchFrame[] _pitch;
    private readonly double[] _energies;
    private readonly double[] _samples;
    private readonly CellSpectra _spectra;

    public ClipMeasurement(AudioClip heard, LogMelOptions frontEnd, TimeFrequencyAxes axes, double[] window, CueOptions options)
    {
        (_clip, _options, _axes) = (heard, options, axes);
        Cells = SoundingCells.Of(frontEnd, heard.Samples.Length);
        _pitch = PitchTracker.Track(heard, options.Pitch);
        (_energies, _samples) = (new double[Cells.Frames], new double[Cells.Frames]);
        PartFrames frames = new(_energies, axes, heard.Seconds);
        for (int i = 0; i < heard.Samples.Length; i++)
        {
            int frame = frames.IndexAt((double)i / heard.SampleRate);
            _samples[frame]++;
            _energies[frame] += heard.Samples.Span[i] * (double)heard.Samples.Span[i];
        }

        _spectra = new CellSpectra(heard, frontEnd, window, Cells.Frames);
    }

    /// <summary>The cells in which the clip sounds.</summary>
    public SoundingCells Cells { get; }

    /// <summary>The length of the clip in seconds.</summary>
    public double Seconds => _clip.Seconds;

    /// <summary>Measures a part and the rest.</summary>
    /// <param name="cells">How much each sounding cell belongs to the part, 0 to 1.</param>
    public (PartCues Important, PartCues Others) Measure(ReadOnlySpan<float> cells)
    {
        PartFrames frames = new(FrameWeights(cells), _axes, _clip.Seconds);
        (PartSpectrum important, PartSpectrum rest) = _spectra.Share(cells);
        double weight = important.TotalWeight + rest.TotalWeight, power = important.TotalPower + rest.TotalPower;
        PartCues Of(PartFrames frames, PartSpectrum spectrum, bool isRest) => Measure(frames, spectrum, isRest, weight, power);
        return (Of(frames, important, isRest: false), Of(frames.Rest(), rest, isRest: true));
    }

    private double[] FrameWeights(ReadOnlySpan<float> cells)
    {
        double[] weights = new double[Cells.Frames];
        for (int cell = 0; cell < cells.Length; cell++)
            weights[cell % Cells.Frames] += cells[cell];
        double largest = weights.Max();
        return largest > 0 ? Array.ConvertAll(weights, weight => weight / largest) : weights;
    }

    private PartCues Measure(PartFrames frames, PartSpectrum spectrum, bool isRest, double weight, double power)
    {
        List<TimeStretch> stretches = frames.Stretches(isRest);
        double seconds = stretches.Sum(stretch => stretch.Seconds);
        return new PartCues
        {
            Stretches = stretches,
            Seconds = seconds,
            DurationShare = Math.Min(1, seconds / _clip.Seconds),
            Position = frames.Position(),
            CellShare = spectrum.TotalWeight / weight,
            EnergyShare = power > 0 ? spectrum.TotalPower / power : null,
            Level = LevelIn(frames),
            Pitch = PitchIn(frames),
            VoicedShare = VoicedShareIn(frames),
            Centroid = spectrum.Centroid(),
            Tilt = spectrum.Tilt(),
        };
    }

    private double? LevelIn(PartFrames frames)
    {
        double sum = TensorPrimitives.Dot(frames.Weights, _energies);
        return sum > 0 ? 10 * Math.Log10(sum / TensorPrimitives.Dot(frames.Weights, _samples)) : null;
    }

    private PitchCues? PitchIn(PartFrames frames)
    {
        PitchFrame[] voiced = Array.FindAll(_pitch, frame => frame.IsVoiced && frames.At(frame.Seconds) > 0);
        if (voiced.Length == 0)
            return null;
        double[] weights = Array.ConvertAll(voiced, frame => frames.At(frame.Seconds));
        double[] semitones = Array.ConvertAll(voiced, frame => 12 * Math.Log2(frame.Hertz));
        double HertzAt(double share) => Math.Pow(2, WeightedStatistics.Quantile(semitones, weights, share) / 12);
        double? slope = WeightedStatistics.Slope(Array.ConvertAll(voiced, frame => frame.Seconds), semitones, weights);
        return new PitchCues(HertzAt(0.5), HertzAt(0.1), HertzAt(0.9), slope, weights.Sum() * _options.Pitch.HopSeconds)
        {
            MeanSemitones = TensorPrimitives.Dot<double>(semitones, weights) / weights.Sum(),
        };
    }

    private double? VoicedShareIn(PartFrames frames)
    {
        double voiced = 0, sounding = 0;
        foreach (PitchFrame frame in _pitch)
        {
            double weight = frame.IsSilent ? 0 : frames.At(frame.Seconds);
            sounding += weight;
            voiced += frame.IsVoiced ? weight : 0;
        }

        return sounding > 0 ? voiced / sounding : null;
    }
}

/// <summary>How much each frame of a clip belongs to a part, 0 to 1. A frame reaches halfway to its neighbours, the outer ones to the
/// clip's ends.</summary>
internal sealed class PartFrames
{
    private readonly double[] _weights;
    private readonly TimeFrequencyAxes _axes;
    private readonly double _clipSeconds;

    public PartFrames(double[] weights, TimeFrequencyAxes axes, double clipSeconds) =>
        (_weights, _axes, _clipSeconds) = (weights, axes, clipSeconds);

    /// <summary>The weights of all frames.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The frames of everything else.</summary>
    public PartFrames Rest() => new(Array.ConvertAll(_weights, weight => 1 - weight), _axes, _clipSeconds);

    /// <summary>The weight at a time.</summary>
    public double At(double seconds) => _weights[IndexAt(seconds)];

    /// <summary>The frame that reaches to a time.</summary>
    public int IndexAt(double seconds)
    {
        double frame = Math.Floor(((seconds - _axes.FirstFrameSeconds) / _axes.SecondsPerFrame) + 0.5);
        return (int)Math.Clamp(frame, 0, _weights.Length - 1);
    }

    /// <summary>The pieces of time in which the weight is a half or more.</summary>
    /// <param name="isRest">For the rest: the pieces in which it is more than a half, so that the two fill the clip.</param>
    public List<TimeStretch> Stretches(bool isRest)
    {
        List<TimeStretch> stretches = [];
        for (int frame = 0; frame < _weights.Length; frame++)
        {
            if (isRest ? _weights[frame] <= 0.5 : _weights[frame] < 0.5)
                continue;
            (double start, double end) = (EdgeBefore(frame), EdgeBefore(frame + 1));
            if (stretches.Count > 0 && stretches[^1].End == start)
                stretches[^1] = stretches[^1] with { End = end };
            else
                stretches.Add(new TimeStretch(start, end));
        }

        return stretches;
    }

    /// <summary>The mean time from 0 to 1, or null where nothing belongs to the part.</summary>
    public double? Position()
    {
        double sum = 0, moment = 0;
        for (int frame = 0; frame < _weights.Length; frame++)
        {
            (double start, double end) = (EdgeBefore(frame), EdgeBefore(frame + 1));
            sum += _weights[frame] * (end - start);
            moment += _weights[frame] * (end - start) * (start + end) / 2;
        }

        return sum > 0 ? Math.Clamp(moment / sum / _clipSeconds, 0, 1) : null;
    }

    private double EdgeBefore(int frame) => frame == 0 ? 0
        : frame == _weights.Length ? _clipSeconds
        : Math.Clamp(_axes.SecondsOf(frame - 0.5), 0, _clipSeconds);
}

/// <summary>Quantiles and straight lines of values that count more or less.</summary>
internal static class WeightedStatistics
{
    /// <summary>The value below which a share of the weight lies: between two values, by where the middles of their weights lie.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="weights">As many, none negative, not all zero.</param>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    public static double Quantile(double[] values, double[] weights, double share)
    {
        (double[] sorted, double[] heft) = ([.. values], [.. weights]);
        Array.Sort(sorted, heft);
        double wanted = share * heft.Sum(), sum = 0, lastPlace = double.NegativeInfinity, last = sorted[0];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (heft[i] == 0)
                continue;
            double place = sum + (heft[i] / 2);
            if (place >= wanted)
                return double.IsInfinity(lastPlace) ? sorted[i] : last + ((sorted[i] - last) * (wanted - lastPlace) / (place - lastPlace));
            (sum, lastPlace, last) = (sum + heft[i], place, sorted[i]);
        }

        return last;
    }

    /// <summary>The slope of the line that fits points best, by weighted least squares; null where they all lie above one place.</summary>
    public static double? Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        double sum = 0, meanX = 0, meanY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += weights[i];
            meanX += weights[i] * x[i];
            meanY += weights[i] * y[i];
        }

        if (!(sum > 0))
            return null;
        (meanX, meanY) = (meanX / sum, meanY / sum);
        double spread = 0, common = 0;
        for (int i = 0; i < x.Length; i++)
        {
            spread += weights[i] * (x[i] - meanX) * (x[i] - meanX);
            common += weights[i] * (x[i] - meanX) * (y[i] - meanY);
        }

        return spread > 1e-12 * sum ? common / spread : null;
    }
}
