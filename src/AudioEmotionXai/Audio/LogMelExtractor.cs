namespace AudioEmotionXai;

/// <summary>Turns clips into log-mel spectrograms, as librosa's <c>feature.melspectrogram</c> and <c>power_to_db</c> do. Thread-safe; make
/// it once.</summary>
public sealed class LogMelExtractor
{
    private readonly Stft _stft;
    private readonly MelFilterBank _filters;
    private readonly TimeFrequencyAxes _axes;

    /// <summary>Prepares window and filter bank.</summary>
    /// <param name="options">The front end's constants; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LogMelExtractor(LogMelOptions? options = null)
    {
        Options = options ?? new LogMelOptions();
        Options.Validate();
        _stft = new Stft(Options);
        _filters = new MelFilterBank(Options);
        _axes = TimeFrequencyAxes.Of(Options, _filters);
    }

    /// <summary>The constants.</summary>
    public LogMelOptions Options { get; }

    /// <summary>The spectrogram of a clip: resampled where its rate differs, cut or filled with zeros to
    /// <see cref="LogMelOptions.Seconds"/>.</summary>
    /// <param name="clip">The clip.</param>
    /// <returns>dB, bins x frames.</returns>
    public LogMelSpectrogram Extract(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        AudioClip source = Resampler.Resample(clip, Options.SampleRate);
        int frames = Options.FrameCount;
        double[] mel = new double[Options.MelBins * frames];
        _stft.Run(source.Samples.Span, (frame, power) => AddFrame(frame, power, mel, frames));
        TimeFrequencyMap decibels = new(Options.MelBins, frames);
        ToDecibels(mel, decibels.Span);
        return new LogMelSpectrogram(decibels, _axes, Options);
    }

    private void AddFrame(int frame, Span<double> power, double[] mel, int frames)
    {
        if (Options.Power != 2)
            Raise(power, Options.Power / 2);
        for (int bin = 0; bin < _filters.Bins; bin++)
            mel[(bin * frames) + frame] = _filters.Apply(bin, power);
    }

    private static void Raise(Span<double> power, double exponent)
    {
        for (int i = 0; i < power.Length; i++)
            power[i] = Math.Pow(power[i], exponent);
    }

    private void ToDecibels(double[] mel, Span<float> decibels)
    {
        double loudest = Math.Max(Options.MinimumPower, System.Numerics.Tensors.TensorPrimitives.Max<double>(mel));
        double reference = Options.Reference == DecibelReference.ClipMaximum ? 10 * Math.Log10(loudest) : 0;
        double floor = Options.TopDecibels is double range ? (10 * Math.Log10(loudest)) - reference - range : double.NegativeInfinity;
        for (int i = 0; i < mel.Length; i++)
            decibels[i] = (float)Math.Max(floor, (10 * Math.Log10(Math.Max(Options.MinimumPower, mel[i]))) - reference);
    }
}
