using System.Collections.Concurrent;
using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>The mel energies of signals of any length. Thread-safe.</summary>
internal sealed class MelSpectrum
{
    private const int MostKept = 16;
    private const long LargestKept = 1 << 20;

    private static readonly ConcurrentDictionary<LogMelOptions, MelSpectrum> s_kept = new();

    private readonly LogMelOptions _options;
    private readonly Stft _stft;

    private MelSpectrum(LogMelOptions options)
    {
        _options = options;
        _stft = new Stft(options);
        Filters = new MelFilterBank(options);
    }

    /// <summary>The triangles.</summary>
    public MelFilterBank Filters { get; }

    /// <summary>The one for some constants, whatever length they name; a few stay made.</summary>
    public static MelSpectrum For(LogMelOptions options)
    {
        LogMelOptions key = options with { Seconds = 1, Reference = DecibelReference.One, MinimumPower = 1, TopDecibels = null };
        if ((long)options.MelBins * options.FftSize > LargestKept)
            return new MelSpectrum(key);
        if (s_kept.Count >= MostKept)
            s_kept.Clear();
        return s_kept.GetOrAdd(key, made => new MelSpectrum(made));
    }

    /// <summary>Sums of the spectrum's lines, raised to half of <see cref="LogMelOptions.Power"/>: bins x frames.</summary>
    /// <param name="samples">The signal.</param>
    /// <param name="count">Its length once cut or filled with zeros.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public double[] Of(ReadOnlySpan<float> samples, int count, CancellationToken cancellationToken)
    {
        int frames = _options.FramesOf(count);
        double[] mel = new double[Filters.Bins * frames];
        _stft.Run(samples, count, (frame, power) => AddFrame(frame, power, mel, frames), cancellationToken);
        return mel;
    }

    private void AddFrame(int frame, Span<double> power, double[] mel, int frames)
    {
        if (_options.Power != 2)
            Raise(power, _options.Power / 2);
        for (int bin = 0; bin < Filters.Bins; bin++)
            mel[(bin * frames) + frame] = Filters.Apply(bin, power);
    }

    private static void Raise(Span<double> power, double exponent)
    {
        for (int i = 0; i < power.Length; i++)
            power[i] = Math.Pow(power[i], exponent);
    }
}

/// <summary>Cuts a signal into overlapping frames and gives each frame's power spectrum.</summary>
internal sealed class Stft
{
    /// <summary>Fewer frames are not worth a second thread.</summary>
    private const int LeastFramesForTwo = 32;

    private readonly LogMelOptions _options;
    private readonly double[] _window;
    private readonly Action<Span<double>>? _prepare;

    // Transforms that no thread is using: each holds tables and buffers
    private readonly ConcurrentBag<RealSpectrum> _spectra = [];

    public Stft(LogMelOptions options)
    {
        _options = options;
        _window = CreateWindow(options.Window, options.FrameLength);
        _prepare = options.RemovesFrameMean || options.PreEmphasis != 0 ? Prepare : null;
    }

    /// <summary>Receives one frame's spectrum; the buffer is used again for the next. Two threads may call it at once, for different
    /// frames.</summary>
    /// <param name="frame">Which frame.</param>
    /// <param name="power">FftSize/2 + 1 squared magnitudes.</param>
    public delegate void FrameSink(int frame, Span<double> power);

    /// <summary>Runs over a signal of exactly so many samples once padded or cut: the first half of the frames, and the second where a
    /// thread is free.</summary>
    public void Run(ReadOnlySpan<float> samples, int count, FrameSink sink, CancellationToken cancellationToken = default)
    {
        int frames = _options.FramesOf(count);
        float[] signal = Pad(samples, count, frames);
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
            spectrum.Power(signal.AsSpan(frame * _options.HopLength, _window.Length), _window, power, _prepare);
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

    /// <summary>Takes the mean off a frame, and off each sample a share of the one before.</summary>
    private void Prepare(Span<double> frame)
    {
        if (_options.RemovesFrameMean)
            TensorPrimitives.Subtract(frame, TensorPrimitives.Sum<double>(frame) / frame.Length, frame);
        for (int i = frame.Length - 1; i > 0; i--)
            frame[i] -= _options.PreEmphasis * frame[i - 1];
        frame[0] -= _options.PreEmphasis * frame[0];
    }

    private float[] Pad(ReadOnlySpan<float> samples, int count, int frames)
    {
        int margin = _options.Center ? _window.Length / 2 : 0;
        float[] signal = new float[Math.Max(count + (2 * margin), ((frames - 1) * _options.HopLength) + _window.Length)];
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
