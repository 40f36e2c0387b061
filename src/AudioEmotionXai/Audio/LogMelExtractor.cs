namespace AudioEmotionXai;

/// <summary>Turns clips into log-mel spectrograms, as librosa's <c>feature.melspectrogram</c> and <c>power_to_db</c> do. Thread-safe; make
/// it once.</summary>
public sealed class LogMelExtractor
{
    private readonly MelSpectrum _spectrum;
    private readonly TimeFrequencyAxes _axes;

    /// <summary>Prepares window and filter bank.</summary>
    /// <param name="options">The front end's constants; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LogMelExtractor(LogMelOptions? options = null)
    {
        Options = options ?? new LogMelOptions();
        Options.Validate();
        _spectrum = MelSpectrum.For(Options);
        _axes = TimeFrequencyAxes.Of(Options, _spectrum.Filters);
    }

    /// <summary>The constants.</summary>
    public LogMelOptions Options { get; }

    /// <summary>The spectrogram of a clip: resampled where its rate differs, cut or filled with zeros to
    /// <see cref="LogMelOptions.Seconds"/>.</summary>
    /// <param name="clip">The clip.</param>
    /// <returns>dB, bins x frames.</returns>
    public LogMelSpectrogram Extract(AudioClip clip) => Extract(clip, CancellationToken.None);

    internal LogMelSpectrogram Extract(AudioClip clip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clip);
        AudioClip source = Resampler.Resample(clip, Options.SampleRate, Options.SampleCount, cancellationToken);
        return new LogMelSpectrogram(Decibels(source.Samples.Span, cancellationToken), _axes, Options);
    }

    /// <summary>The spectrogram in dB of samples at the rate of the options.</summary>
    internal TimeFrequencyMap Decibels(ReadOnlySpan<float> samples, CancellationToken cancellationToken)
    {
        double[] mel = _spectrum.Of(samples, Options.SampleCount, cancellationToken);
        TimeFrequencyMap decibels = new(Options.MelBins, Options.FrameCount);
        ToDecibels(mel, decibels.Span);
        return decibels;
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

/// <summary>A log-mel spectrogram in dB that knows its axes. <see cref="LogMelExtractor"/> makes it; the model's contract normalises
/// it.</summary>
public sealed class LogMelSpectrogram
{
    internal LogMelSpectrogram(TimeFrequencyMap decibels, TimeFrequencyAxes axes, LogMelOptions options)
    {
        Decibels = decibels;
        Axes = axes;
        Options = options;
    }

    /// <summary>dB of every mel bin (rows, lowest first) and frame (columns).</summary>
    public TimeFrequencyMap Decibels { get; }

    /// <summary>Seconds and hertz of the cells.</summary>
    public TimeFrequencyAxes Axes { get; }

    /// <summary>The constants it was made with.</summary>
    public LogMelOptions Options { get; }
}
