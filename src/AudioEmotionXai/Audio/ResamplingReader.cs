using System.Numerics.Tensors;

namespace AudioEmotionXai;

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
