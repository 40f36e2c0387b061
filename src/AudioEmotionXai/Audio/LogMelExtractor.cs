using System.Collections.Concurrent;

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
    public LogMelSpectrogram Extract(AudioClip clip) => Extract(clip, CancellationToken.None);

    internal LogMelSpectrogram Extract(AudioClip clip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clip);
        AudioClip source = Resampler.Resample(clip, Options.SampleRate, Options.SampleCount, cancellationToken);
        int frames = Options.FrameCount;
        double[] mel = new double[Options.MelBins * frames];
        _stft.Run(source.Samples.Span, (frame, power) => AddFrame(frame, power, mel, frames), cancellationToken);
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

/// <summary>Cuts a signal into overlapping frames and gives each frame's power spectrum.</summary>
internal sealed class Stft
{
    /// <summary>Fewer frames are not worth a second thread.</summary>
    private const int LeastFramesForTwo = 32;

    private readonly LogMelOptions _options;
    private readonly double[] _window;

    // Transforms that no thread is using: each holds tables and buffers
    private readonly ConcurrentBag<RealSpectrum> _spectra = [];

    public Stft(LogMelOptions options)
    {
        _options = options;
        _window = CreateWindow(options.Window, options.FftSize);
    }

    /// <summary>Receives one frame's spectrum; the buffer is used again for the next. Two threads may call it at once, for different
    /// frames.</summary>
    /// <param name="frame">Which frame.</param>
    /// <param name="power">FftSize/2 + 1 squared magnitudes.</param>
    public delegate void FrameSink(int frame, Span<double> power);

    /// <summary>Runs over a signal of exactly <see cref="LogMelOptions.SampleCount"/> samples once padded or cut: the first half of the
    /// frames, and the second where a thread is free.</summary>
    public void Run(ReadOnlySpan<float> samples, FrameSink sink, CancellationToken cancellationToken = default)
    {
        float[] signal = Pad(samples);
        int frames = _options.FrameCount;
        if (frames < LeastFramesForTwo)
            Run(signal, 0, frames, sink, cancellationToken);
        else
            Parallel.For(0, 2, half => Run(signal, half * frames / 2, (half + 1) * frames / 2, sink, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    // Returns early where the work is cancelled: what is thrown on two threads would come out as another exception
    private void Run(float[] signal, int first, int end, FrameSink sink, CancellationToken cancellationToken)
    {
        RealSpectrum spectrum = _spectra.TryTake(out RealSpectrum? free) ? free : new RealSpectrum(_options.FftSize);
        double[] power = new double[(_options.FftSize / 2) + 1];
        for (int frame = first; frame < end && !cancellationToken.IsCancellationRequested; frame++)
        {
            spectrum.Power(signal.AsSpan(frame * _options.HopLength, _options.FftSize), _window, power);
            sink(frame, power);
        }

        _spectra.Add(spectrum);
    }

    internal static double[] CreateWindow(SpectrumWindow kind, int size)
    {
        double period = kind == SpectrumWindow.HannPeriodic ? size : size - 1;
        double[] window = new double[size];
        for (int i = 0; i < size; i++)
            window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / period));
        return window;
    }

    private float[] Pad(ReadOnlySpan<float> samples)
    {
        int count = _options.SampleCount;
        int margin = _options.Center ? _options.FftSize / 2 : 0;
        float[] signal = new float[Math.Max(count + (2 * margin), ((_options.FrameCount - 1) * _options.HopLength) + _options.FftSize)];
        samples[..Math.Min(samples.Length, count)].CopyTo(signal.AsSpan(margin));
        if (_options.Padding == SignalPadding.Reflect)
            Mirror(signal, margin, count);
        return signal;
    }

    private static void Mirror(float[] signal, int margin, int count)
    {
        for (int i = 1; i <= margin; i++)
        {
            signal[margin - i] = signal[margin + i];
            signal[margin + count - 1 + i] = signal[margin + count - 1 - i];
        }
    }
}
