namespace AudioEmotionXai;

/// <summary>
/// Takes relevance of samples on to short-time spectra: with x = sum of windowed frames, and R = x g, a line of a frame has
/// <c>Re(X conj G) / N</c> of it, so that lines and frames together hold what the samples do. Vielhaben et al. 2024, arXiv:2211.03457.
/// </summary>
internal sealed class ShortTimeRelevance(LogMelOptions options)
{
    private readonly int _size = options.FftSize;
    private readonly double[] _window = Stft.CreateWindow(options.Window, options.FftSize);

    /// <summary>Relevance of lines x frames; samples of exactly zero have none to hand on.</summary>
    public TimeFrequencyMap From(ReadOnlySpan<float> samples, ReadOnlySpan<float> relevance)
    {
        int frames = 1 + ((samples.Length - 1 + (_size / 2)) / options.HopLength);
        TimeFrequencyMap map = new((_size / 2) + 1, frames);
        double[] weights = Weights(samples.Length, frames);
        Lines whole = new(_size), slope = new(_size);
        for (int frame = 0; frame < frames; frame++)
        {
            int start = StartOf(frame);
            for (int i = 0; i < _size; i++)
            {
                int n = start + i;
                bool sounds = n >= 0 && n < samples.Length && samples[n] != 0;
                whole.Samples[i] = sounds && weights[n] > 0 ? (float)(_window[i] / weights[n] * samples[n]) : 0;
                slope.Samples[i] = sounds ? relevance[n] / samples[n] : 0;
            }

            whole.Transform();
            slope.Transform();
            for (int line = 0; line < map.Bins; line++)
                map[line, frame] = (float)(Multiplicity(line) / _size * whole.Product(slope, line));
        }

        return map;
    }

    private int StartOf(int frame) => (frame * options.HopLength) - (_size / 2);

    private double Multiplicity(int line) => line == 0 || 2 * line == _size ? 1 : 2;

    /// <summary>What the windows of all frames sum to at each sample.</summary>
    private double[] Weights(int count, int frames)
    {
        double[] weights = new double[count];
        for (int frame = 0; frame < frames; frame++)
        {
            int start = StartOf(frame);
            for (int i = Math.Max(0, -start); i < Math.Min(_size, count - start); i++)
                weights[start + i] += _window[i];
        }

        return weights;
    }

    private sealed class Lines(int size)
    {
        private readonly RealSpectrum _spectrum = new RealSpectrum(size);
        private readonly double[] _flat = [.. Enumerable.Repeat(1.0, size)];
        private readonly double[] _real = new double[(size / 2) + 1];
        private readonly double[] _imaginary = new double[(size / 2) + 1];

        public float[] Samples { get; } = new float[size];

        public void Transform() => _spectrum.Forward(Samples, _flat, _real, _imaginary);

        public double Product(Lines other, int line) => (_real[line] * other._real[line]) + (_imaginary[line] * other._imaginary[line]);
    }
}
