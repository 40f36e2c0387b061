namespace AudioEmotionXai;

/// <summary>Cuts a signal into overlapping frames and gives each frame's power spectrum.</summary>
internal sealed class Stft
{
    private readonly LogMelOptions _options;
    private readonly double[] _window;

    public Stft(LogMelOptions options)
    {
        _options = options;
        _window = CreateWindow(options.Window, options.FftSize);
    }

    /// <summary>Receives one frame's spectrum; the buffer is used again for the next.</summary>
    /// <param name="frame">Which frame.</param>
    /// <param name="power">FftSize/2 + 1 squared magnitudes.</param>
    public delegate void FrameSink(int frame, Span<double> power);

    /// <summary>Runs over a signal of exactly <see cref="LogMelOptions.SampleCount"/> samples once padded or cut.</summary>
    public void Run(ReadOnlySpan<float> samples, FrameSink sink)
    {
        float[] signal = Pad(samples);
        RealSpectrum spectrum = new RealSpectrum(_options.FftSize);
        double[] power = new double[(_options.FftSize / 2) + 1];
        int frames = _options.FrameCount;
        for (int frame = 0; frame < frames; frame++)
        {
            spectrum.Power(signal.AsSpan(frame * _options.HopLength, _options.FftSize), _window, power);
            sink(frame, power);
        }
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
