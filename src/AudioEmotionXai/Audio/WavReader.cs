using System.Buffers;

namespace AudioEmotionXai;

/// <summary>
/// Reads WAV files into mono clips: PCM of 8, 16, 24 and 32 bits, float of 32 and 64, any number of channels (averaged), plain and
/// extensible headers, RIFF, RF64 and BW64, chunks in any order.
/// </summary>
/// <remarks>
/// The file is walked chunk by chunk. Files whose writer never came back to fill in the sizes (RIFF size 0, 0xFFFFFFFF, or about 2 GiB)
/// are read to
/// their end; any other size that is larger than the file is an error. Nothing is allocated for bytes that are not there.
/// </remarks>
public static class WavReader
{
    // Between two looks at the token
    private const int Piece = 1 << 22;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AudioFormatException">The file is not a WAV file of a kind that is read, or is damaged; the message names file,
    /// chunk and offset.</exception>
    public static AudioClip Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using WavSampleReader reader = WavSampleReader.Open(path);
        return Read(reader);
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">Stands at the first byte; need not be seekable.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="AudioFormatException">The stream is not a WAV file of a kind that is read, or is damaged; the message names it,
    /// chunk and offset.</exception>
    public static AudioClip Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        // Where the stream cannot be wound back, the samples may come before their format all the same
        Stream seekable = stream.CanSeek ? stream : InMemory(stream, name);
        using WavSampleReader reader = WavSampleReader.Open(seekable, name);
        return Read(reader);
    }

    /// <summary>Reads no more of a file than a front end hears, however long the file is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="heard">The front end.</param>
    /// <returns>The start of the recording, at its own rate; what the front end makes of it is what it makes of all of the
    /// recording.</returns>
    /// <exception cref="AudioFormatException">As far as it is read, the file is not a WAV file of a kind that is read, or is damaged; the
    /// message names file, chunk and offset.</exception>
    public static AudioClip ReadHeard(string path, FrontEnd heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        using WavSampleReader reader = WavSampleReader.Open(path);
        return ReadHeard(reader, heard, CancellationToken.None);
    }

    /// <summary>The same from a reader that stands at the first sample.</summary>
    internal static AudioClip ReadHeard(WavSampleReader reader, FrontEnd heard, CancellationToken cancellationToken)
    {
        long wanted = Resampler.SamplesFor(heard.MostSamples, reader.SampleRate, heard.SampleRate);
        return Read(reader, Math.Min(reader.SampleCount ?? wanted, wanted), cancellationToken);
    }

    private static MemoryStream InMemory(Stream stream, string name)
    {
        byte[] bytes = BoundedStream.ReadUpTo(stream, Array.MaxLength);
        return bytes.Length < Array.MaxLength
            ? new MemoryStream(bytes)
            : throw new AudioFormatException(
                FormattableString.Invariant(
                    $"{name}: is longer than {Array.MaxLength} bytes, which a stream that cannot be wound back may have at most."));
    }

    private static AudioClip Read(WavSampleReader reader) =>
        reader.SampleCount is not { } count || count <= Array.MaxLength
            ? Read(reader, reader.SampleCount ?? Array.MaxLength, CancellationToken.None)
            : throw new AudioFormatException(
                FormattableString.Invariant(
                    $"{reader.Name}: chunk 'data' holds {count} samples; at most {Array.MaxLength} are read at once."));

    private static AudioClip Read(WavSampleReader reader, long most, CancellationToken cancellationToken)
    {
        // Not more at first than may be there: where nobody knows, it grows
        ArrayBufferWriter<float> samples = new((int)Math.Clamp(Math.Min(reader.SampleCount ?? 1, most), 1, Array.MaxLength));
        while (samples.WrittenCount == 0 || samples.WrittenCount < most)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<float> room = samples.GetSpan();
            int read = reader.Read(room[..(int)Math.Clamp(most - samples.WrittenCount, 1, Math.Min(room.Length, Piece))]);
            if (read == 0)
                break;
            samples.Advance(read);
        }

        return new AudioClip(samples.WrittenMemory, reader.SampleRate);
    }
}

/// <summary>
/// A WAV file that is read piece by piece, as mono samples: for recordings too long to hold. Reads what <see cref="WavReader"/> reads.
/// </summary>
/// <remarks>For one thread. From a stream that cannot be wound back, the chunk <c>fmt </c> has to come before the samples.</remarks>
public sealed class WavSampleReader : ISampleReader, IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly Stream _stream;
    private readonly bool _ownsStream;
    private readonly WaveFormat _format;
    private readonly long _size;
    private readonly long? _present;
    private readonly byte[] _bytes;
    private long _bytesRead;
    private long _samplesRead;

    private WavSampleReader(Stream stream, string name, bool ownsStream)
    {
        _stream = stream;
        _ownsStream = ownsStream;
        Name = name;
        (_format, _size) = new RiffWalker(stream, name).FindFormatAndStartOfData();
        // No more than there is: a short file may claim frames of half a megabyte
        _present = stream.CanSeek ? stream.Length - stream.Position : null;
        _bytes = new byte[Math.Min(_present ?? long.MaxValue, Math.Max(1, BufferBytes / _format.BytesPerFrame) * _format.BytesPerFrame)];
    }

    /// <summary>What messages call the recording: the file's path.</summary>
    public string Name { get; }

    /// <summary>Samples a second.</summary>
    public int SampleRate => _format.SampleRate;

    /// <summary>How many samples the file says that it holds, or its length where its writer never came back to say it; null where that
    /// is not known either, as of a stream that cannot be wound back.</summary>
    public long? SampleCount => (_size >= 0 ? _size : _present) / _format.BytesPerFrame;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AudioFormatException">The file is not a WAV file of a kind that is read, or is damaged; the message names file,
    /// chunk and offset.</exception>
    public static WavSampleReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        InputFile.ThrowIfNoContent(path, message => new AudioFormatException(message));
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        try
        {
            return new WavSampleReader(stream, path, ownsStream: true);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads from a stream, which stays open.</summary>
    /// <param name="stream">Stands at the first byte; need not be seekable.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="AudioFormatException">The stream is not a WAV file of a kind that is read, or is damaged; the message names it,
    /// chunk and offset.</exception>
    public static WavSampleReader Open(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new WavSampleReader(stream, name, ownsStream: false);
    }

    /// <summary>Reads the next samples, channels averaged.</summary>
    /// <param name="samples">Receives them, from its start.</param>
    /// <returns>How many were read: fewer than asked for only at the recording's end.</returns>
    /// <exception cref="AudioFormatException">The file ends before it should, holds no sample, or one that is not finite.</exception>
    public int Read(Span<float> samples)
    {
        int filled = 0;
        while (filled < samples.Length)
        {
            int count = ReadBlock(samples[filled..]);
            if (count == 0)
                break;
            filled += count;
        }

        if (filled == 0 && samples.Length > 0 && _samplesRead == 0)
            throw new AudioFormatException($"{Name}: chunk 'data' holds no sample.");
        return filled;
    }

    /// <summary>Closes the file, where this opened it.</summary>
    public void Dispose()
    {
        if (_ownsStream)
            _stream.Dispose();
    }

    private int ReadBlock(Span<float> samples)
    {
        long left = _size >= 0 ? _size - _bytesRead : long.MaxValue;
        int wanted = (int)Math.Min(Math.Min(_bytes.Length, left), (long)samples.Length * _format.BytesPerFrame);
        int read = _stream.ReadAtLeast(_bytes.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
        _bytesRead += read;
        if (read < wanted && _size >= 0)
            throw new AudioFormatException(
                FormattableString.Invariant($"{Name}: chunk 'data' declares {_size} bytes, but the file ends after {_bytesRead} of them."));
        int count = read / _format.BytesPerFrame;
        WaveSamples.Decode(_bytes.AsSpan(0, read), _format, samples[..count]);
        ThrowIfNotFinite(samples[..count]);
        _samplesRead += count;
        return count;
    }

    private void ThrowIfNotFinite(ReadOnlySpan<float> samples)
    {
        int wrong = FiniteCheck.IndexOfNotFinite(samples);
        if (wrong >= 0)
            throw new AudioFormatException(
                FormattableString.Invariant(
                    $"{Name}: chunk 'data': sample {_samplesRead + wrong} is {samples[wrong]}; expected a finite number."));
    }
}

/// <summary>A sound file is not what it says it is: the message names the file, the chunk, its offset, and what was expected.</summary>
public sealed class AudioFormatException : FormatException
{
    /// <summary>An error without a message.</summary>
    public AudioFormatException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">The file, the place in it, the value found, and what was expected.</param>
    public AudioFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">The file, the place in it, the value found, and what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public AudioFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
