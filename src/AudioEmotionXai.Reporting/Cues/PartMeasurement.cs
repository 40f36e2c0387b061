namespace AudioEmotionXai.Reporting;

/// <summary>One clip and one part of it, being measured.</summary>
internal sealed class PartMeasurement
{
    private readonly AudioClip _clip;
    private readonly CueOptions _options;
    private readonly PitchFrame[] _pitch;
    private readonly PartFrames _frames;
    private readonly PartSpectrum _important;
    private readonly PartSpectrum _rest;

    public PartMeasurement(
        AudioClip heard, TimeFrequencyMap mask, LogMelOptions frontEnd, TimeFrequencyAxes axes, double[] window, CueOptions options)
    {
        (_clip, _options) = (heard, options);
        SoundingCells grid = SoundingCells.Of(frontEnd, heard.Samples.Length);
        _pitch = PitchTracker.Track(heard, options.Pitch);
        _frames = new PartFrames(FrameWeights(mask, grid), axes, heard.Seconds);
        (_important, _rest) = CellSpectra.Of(heard, mask, frontEnd, window, grid.Frames);
    }

    public CueReport Report() =>
        new(Measure(_frames, _important, isRest: false), Measure(_frames.Rest(), _rest, isRest: true), _clip.Seconds, _options);

    private static double[] FrameWeights(TimeFrequencyMap mask, SoundingCells grid)
    {
        double[] weights = new double[grid.Frames];
        for (int bin = 0; bin < mask.Bins; bin++)
        {
            ReadOnlySpan<float> row = mask.Row(bin);
            for (int frame = 0; frame < weights.Length; frame++)
                weights[frame] += Math.Clamp(row[frame], 0f, 1f);
        }

        double largest = weights.Max();
        return largest > 0 ? Array.ConvertAll(weights, weight => weight / largest) : weights;
    }

    private PartCues Measure(PartFrames frames, PartSpectrum spectrum, bool isRest)
    {
        List<TimeStretch> stretches = frames.Stretches(isRest);
        double seconds = stretches.Sum(stretch => stretch.Seconds);
        double cells = _important.TotalWeight + _rest.TotalWeight, energy = _important.TotalPower + _rest.TotalPower;
        return new PartCues
        {
            Stretches = stretches,
            Seconds = seconds,
            DurationShare = Math.Min(1, seconds / _clip.Seconds),
            Position = frames.Position(),
            CellShare = spectrum.TotalWeight / cells,
            EnergyShare = energy > 0 ? spectrum.TotalPower / energy : null,
            Level = LevelIn(frames),
            Pitch = PitchIn(frames),
            VoicedShare = VoicedShareIn(frames),
            Centroid = spectrum.Centroid(),
            Tilt = spectrum.Tilt(),
        };
    }

    private double? LevelIn(PartFrames frames)
    {
        double sum = 0, weights = 0;
        ReadOnlySpan<float> samples = _clip.Samples.Span;
        for (int i = 0; i < samples.Length; i++)
        {
            double weight = frames.At((double)i / _clip.SampleRate);
            weights += weight;
            sum += weight * samples[i] * samples[i];
        }

        return sum > 0 ? 10 * Math.Log10(sum / weights) : null;
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
        return new PitchCues(HertzAt(0.5), HertzAt(0.1), HertzAt(0.9), slope, weights.Sum() * _options.Pitch.HopSeconds);
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
