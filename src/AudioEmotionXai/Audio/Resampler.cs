using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>
/// Brings a clip to another sample rate by band-limited interpolation: a Kaiser-windowed sinc over 64 zero crossings on either side,
/// evaluated at the phases that the two rates' ratio needs. Passes up to 0.9 of the lower half rate, rejects 90 dB and more beyond it.
/// </summary>
/// <remarks>J. O. Smith: Digital Audio Resampling, https://ccrma.stanford.edu/~jos/resample/. Other resamplers differ in their filters, so
/// samples agree with theirs to about -60 dB, not exactly.</remarks>
public static class Resampler
{
    /// <summary>The clip at another rate; the same clip where the rate is the same.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="sampleRate">The wanted rate in Hz, <see cref="AudioClip.MinimumSampleRate"/> to
    /// <see cref="AudioClip.MaximumSampleRate"/>.</param>
    /// <exception cref="ArgumentException">The rate is out of range, or the clip would become too long.</exception>
    public static AudioClip Resample(AudioClip clip, int sampleRate) => Resample(clip, sampleRate, int.MaxValue, CancellationToken.None);

    /// <summary>The first samples of the clip at another rate: nothing is spent on the rest.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="sampleRate">The wanted rate in Hz.</param>
    /// <param name="most">How many samples of that rate are wanted, at most.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal static AudioClip Resample(AudioClip clip, int sampleRate, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clip);
        AudioClip.ThrowIfOutOfRange(sampleRate, nameof(sampleRate));
        if (clip.SampleRate == sampleRate || clip.Samples.IsEmpty)
            return new AudioClip(clip.Samples[..Math.Min(most, clip.Samples.Length)], sampleRate);
        long length = (((long)clip.Samples.Length * sampleRate) + clip.SampleRate - 1) / clip.SampleRate;
        length = Math.Min(length, most);
        if (length > Array.MaxLength)
            throw new ArgumentException(
                FormattableString.Invariant($"{clip.Samples.Length} samples at {clip.SampleRate} Hz are too many at {sampleRate} Hz."),
                nameof(clip));
        float[] target = new float[length];
        Interpolate(clip.Samples.Span, target, new ResamplingFilter(clip.SampleRate, sampleRate), cancellationToken);
        return new AudioClip(target, sampleRate);
    }

    /// <summary>How many samples of a recording the first samples at another rate depend on.</summary>
    internal static long SamplesFor(int samples, int sourceRate, int targetRate) =>
        sourceRate == targetRate ? samples : new ResamplingFilter(sourceRate, targetRate).SourceFor(samples);

    private static void Interpolate(
        ReadOnlySpan<float> source, Span<float> target, ResamplingFilter filter, CancellationToken cancellationToken)
    {
        source = source[..(int)Math.Min(source.Length, filter.SourceFor(target.Length))];
        float[] padded = new float[source.Length + (2 * filter.HalfLength)];
        source.CopyTo(padded.AsSpan(filter.HalfLength));
        for (int i = 0; i < target.Length; i++)
        {
            if (i % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            long position = (long)i * filter.Step;
            int whole = (int)(position / filter.Phases);
            ReadOnlySpan<float> taps = filter.Taps((int)(position % filter.Phases));
            target[i] = TensorPrimitives.Dot(taps, padded.AsSpan(whole + 1, taps.Length));
        }
    }
}

/// <summary>The taps of a polyphase low-pass filter between two sample rates: phase p lies p / <see cref="Phases"/> of an input sample
/// after one.</summary>
/// <remarks>Rates without a common divisor need more phases than are worth keeping: between the phases of a table the taps are
/// interpolated, to better than 1e-6, so that table and work are bounded whatever the rates are.</remarks>
internal sealed class ResamplingFilter
{
    private const int ZeroCrossings = 64;
    private const double Beta = 10.0;
    private const double CutOff = 0.95;

    // Phases of a full band: the error of a straight line between two is (pi / 4096)^2 / 8
    private const int TablePhases = 4096;
    private const int MostKeptTaps = 1 << 22;
    private static readonly double s_atCentre = BesselI0(Beta);
    private readonly double _scale;
    private readonly float[]?[] _cache;
    private readonly float[] _scratch;
    private readonly bool _isExact;

    public ResamplingFilter(int sourceRate, int targetRate)
    {
        int divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(sourceRate, targetRate);
        Phases = targetRate / divisor;
        Step = sourceRate / divisor;
        _scale = CutOff * Math.Min(1.0, (double)targetRate / sourceRate);
        HalfLength = (int)Math.Ceiling(ZeroCrossings / _scale);
        _isExact = Phases <= TablePhases && (long)Phases * 2 * HalfLength <= MostKeptTaps;
        _cache = new float[]?[_isExact ? Phases : (int)Math.Ceiling(TablePhases * _scale) + 1];
        _scratch = new float[2 * HalfLength];
    }

    /// <summary>Output samples per <see cref="Step"/> input samples.</summary>
    public int Phases { get; }

    /// <summary>Input samples per <see cref="Phases"/> output samples.</summary>
    public int Step { get; }

    /// <summary>Half the number of taps.</summary>
    public int HalfLength { get; }

    /// <summary>How many input samples the first output samples depend on.</summary>
    public long SourceFor(int samples) => ((Math.Max(0, samples - 1L) * Step) / Phases) + HalfLength + 1;

    /// <summary>The taps for input samples -HalfLength + 1 to HalfLength around the position; valid until the next call.</summary>
    public ReadOnlySpan<float> Taps(int phase)
    {
        if (_isExact)
            return Kept(phase, Phases);
        int spaces = _cache.Length - 1;
        (long row, long rest) = Math.DivRem((long)phase * spaces, Phases);
        TensorPrimitives.Lerp(Kept((int)row, spaces), Kept((int)row + 1, spaces), (float)rest / Phases, _scratch);
        return _scratch;
    }

    private float[] Kept(int phase, int phases) => _cache[phase] ??= Compute((double)phase / phases);

    private float[] Compute(double fraction)
    {
        float[] taps = new float[2 * HalfLength];
        for (int i = 0; i < taps.Length; i++)
            taps[i] = (float)WindowedSinc((i - HalfLength + 1 - fraction) * _scale);
        TensorPrimitives.Divide(taps, TensorPrimitives.Sum<float>(taps), taps);
        return taps;
    }

    private static double WindowedSinc(double x)
    {
        double relative = x / ZeroCrossings;
        if (Math.Abs(relative) >= 1)
            return 0;
        double sinc = x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
        return sinc * BesselI0(Beta * Math.Sqrt(1 - (relative * relative))) / s_atCentre;
    }

    /// <summary>The modified Bessel function of order 0, by its power series (all terms positive: nothing cancels).</summary>
    private static double BesselI0(double x)
    {
        double sum = 1;
        double term = 1;
        double quarter = x * x / 4;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= quarter / ((double)k * k);
            sum += term;
        }

        return sum;
    }
}

/// <summary>Mono samples that come one after the other, so that a recording of any length can be read without holding it.</summary>
internal interface ISampleReader
{
    /// <summary>Samples a second.</summary>
    int SampleRate { get; }

    /// <summary>How many there will be in all; null where that is known only at the end.</summary>
    long? SampleCount { get; }

    /// <summary>Reads the next samples.</summary>
    /// <param name="samples">Receives them, from its start.</param>
    /// <returns>How many were read: fewer than asked for only at the end.</returns>
    int Read(Span<float> samples);
}

/// <summary>
/// Brings samples to another rate as they come: what <see cref="Resampler"/> gives for all of them at once, from a buffer of a few filter
/// lengths.
/// </summary>
internal sealed class ResamplingReader : ISampleReader
{
    private const int Block = 1 << 14;

    private readonly ISampleReader _source;
    private readonly ResamplingFilter _filter;
    private readonly float[] _buffer;
    private long _bufferStart;
    private int _filled;
    private long _next;
    private long _sourceEnd = long.MaxValue;

    public ResamplingReader(ISampleReader source, int sampleRate)
    {
        _source = source;
        SampleRate = sampleRate;
        _filter = new ResamplingFilter(source.SampleRate, sampleRate);
        _buffer = new float[(2 * _filter.HalfLength) + _filter.Step + Block];
        // Silence before the first sample
        _bufferStart = -_filter.HalfLength;
        _filled = _filter.HalfLength;
    }

    public int SampleRate { get; }

    public long? SampleCount => _source.SampleCount is { } count ? CountFor(count) : null;

    /// <summary>The samples at a rate: the source itself where it has that rate.</summary>
    public static ISampleReader AtRate(ISampleReader source, int sampleRate) =>
        source.SampleRate == sampleRate ? source : new ResamplingReader(source, sampleRate);

    public int Read(Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            long position = checked(_next * _filter.Step);
            long first = (position / _filter.Phases) - _filter.HalfLength + 1;
            if (!Hold(first, first + (2 * _filter.HalfLength)) && _next >= CountFor(_sourceEnd))
                return i;
            ReadOnlySpan<float> taps = _filter.Taps((int)(position % _filter.Phases));
            samples[i] = TensorPrimitives.Dot(taps, _buffer.AsSpan((int)(first - _bufferStart), taps.Length));
            _next++;
        }

        return samples.Length;
    }

    /// <summary>Sees to it that the buffer holds the source's samples of a stretch; those after the source's end are silence.</summary>
    /// <returns>Whether the stretch ends before the source does.</returns>
    private bool Hold(long first, long end)
    {
        while (end > _bufferStart + _filled)
        {
            int passed = (int)Math.Min(Math.Max(0, first - _bufferStart), _filled);
            _buffer.AsSpan(passed, _filled - passed).CopyTo(_buffer);
            (_bufferStart, _filled) = (_bufferStart + passed, _filled - passed);
            Span<float> room = _buffer.AsSpan(_filled);
            int read = _sourceEnd == long.MaxValue ? _source.Read(room) : 0;
            if (read < room.Length)
            {
                _sourceEnd = Math.Min(_sourceEnd, _bufferStart + _filled + read);
                room[read..].Clear();
            }

            _filled = _buffer.Length;
        }

        return end <= _sourceEnd;
    }

    private long CountFor(long sourceCount) =>
        sourceCount == long.MaxValue ? long.MaxValue : (long)((((Int128)sourceCount * _filter.Phases) + _filter.Step - 1) / _filter.Step);
}
