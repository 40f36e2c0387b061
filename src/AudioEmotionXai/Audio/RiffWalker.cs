using System.Buffers.Binary;
using System.Text;
using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Audio;

/// <summary>Walks the chunks of a RIFF or RF64 file until both the format and the samples are found. What follows them is not looked at.</summary>
internal sealed class RiffWalker(Stream stream, string name)
{
    private const uint Unknown = uint.MaxValue;
    private const int MaximumHeaderChunk = 1 << 16;
    private long _offset;
    private bool _isUnfinished;
    private bool _isLong;
    private long _longDataSize = -1;
    private WaveFormat? _format;
    private byte[]? _data;
    private bool _dataRunsToTheEnd;
    private long _dataOffset;

    /// <summary>The format and the bytes of the samples.</summary>
    public (WaveFormat Format, byte[] Data) FindFormatAndData()
    {
        ReadFileHeader();
        while (_format is null || _data is null)
            ReadChunk();
        return (_format.Value, WholeFrames(_data, _format.Value));
    }

    private void ReadFileHeader()
    {
        byte[] header = Exactly(12, "the RIFF header");
        string magic = Text(header.AsSpan(0, 4));
        _isLong = magic == "RF64";
        if (!_isLong && magic != "RIFF")
            throw Wrong(0, $"begins with '{magic}'; expected 'RIFF' or 'RF64'");
        if (Text(header.AsSpan(8, 4)) is not "WAVE" and string form)
            throw Wrong(8, $"is of form '{form}'; expected 'WAVE'");
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        _isUnfinished = !_isLong && size is 0 or Unknown;
    }

    private void ReadChunk()
    {
        long start = _offset;
        byte[] header = Exactly(8, _format is null ? "the chunks before 'fmt '" : "the chunks before 'data'");
        string id = Text(header.AsSpan(0, 4));
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        switch (id)
        {
            case "fmt " when _format is null:
                _format = WaveFormat.Parse(HeaderChunk(id, start, size), Where(id, start));
                break;
            case "ds64" when _isLong:
                ReadLongSizes(HeaderChunk(id, start, size), start);
                break;
            case "data" when _data is null:
                _dataOffset = start;
                _data = DataChunk(start, size);
                break;
            default:
                Skip(id, start, size);
                break;
        }

        SkipPadding(size);
    }

    private byte[] HeaderChunk(string id, long start, uint size) => size <= MaximumHeaderChunk
        ? Body(id, start, size)
        : throw new AudioFormatException(FormattableString.Invariant($"{Where(id, start)} declares {size} bytes; expected at most {MaximumHeaderChunk}."));

    private byte[] DataChunk(long start, uint size)
    {
        if (_isUnfinished && size is 0 or Unknown)
        {
            _dataRunsToTheEnd = true;
            byte[] rest = BoundedStream.ReadUpTo(stream, Array.MaxLength);
            _offset += rest.Length;
            return rest;
        }

        return Body("data", start, _isLong && size == Unknown && _longDataSize >= 0 ? _longDataSize : size);
    }

    private void ReadLongSizes(byte[] body, long start)
    {
        if (body.Length < 24)
            throw new AudioFormatException(FormattableString.Invariant($"{Where("ds64", start)} is {body.Length} bytes long; expected at least 24."));
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(body.AsSpan(8));
        _longDataSize = (long)Math.Min(size, long.MaxValue);
    }

    private byte[] Body(string id, long start, long size)
    {
        byte[] body = BoundedStream.ReadUpTo(stream, size);
        _offset += body.Length;
        return body.Length == size
            ? body
            : throw new AudioFormatException(FormattableString.Invariant($"{Where(id, start)} declares {size} bytes, but the file ends after {body.Length} of them."));
    }

    private void Skip(string id, long start, uint size)
    {
        if (stream.CanSeek)
        {
            long left = stream.Length - stream.Position;
            if (size > left)
                throw new AudioFormatException(FormattableString.Invariant($"{Where(id, start)} declares {size} bytes, but the file ends after {left} of them."));
            stream.Seek(size, SeekOrigin.Current);
            _offset += size;
            return;
        }

        Span<byte> scratch = stackalloc byte[4096];
        for (long left = size; left > 0;)
        {
            int read = stream.Read(scratch[..(int)Math.Min(left, scratch.Length)]);
            if (read == 0)
                throw new AudioFormatException(FormattableString.Invariant($"{Where(id, start)} declares {size} bytes, but the file ends after {size - left} of them."));
            left -= read;
            _offset += read;
        }
    }

    /// <summary>Chunks start at even offsets: one of an odd size is followed by a byte that does not count (and may be missing at the end).</summary>
    private void SkipPadding(uint size)
    {
        if ((size & 1) == 1 && stream.ReadByte() >= 0)
            _offset++;
    }

    private byte[] WholeFrames(byte[] data, WaveFormat format)
    {
        int rest = data.Length % format.BytesPerFrame;
        return rest == 0 || _dataRunsToTheEnd
            ? data
            : throw new AudioFormatException(FormattableString.Invariant($"{Where("data", _dataOffset)} has {data.Length} bytes; expected a multiple of {format.BytesPerFrame}."));
    }

    private byte[] Exactly(int count, string what)
    {
        byte[] bytes = BoundedStream.ReadUpTo(stream, count);
        _offset += bytes.Length;
        if (bytes.Length == count)
            return bytes;
        string missing = _format is null ? "'fmt '" : "'data'";
        throw Wrong(_offset, FormattableString.Invariant($"ends in {what}; no chunk {missing} was found"));
    }

    private string Where(string id, long start) => FormattableString.Invariant($"{name}: chunk '{id}' at offset {start}");

    private AudioFormatException Wrong(long offset, string what) => new(FormattableString.Invariant($"{name}: at offset {offset}, the file {what}."));

    /// <summary>Four bytes as text; what is not printable is shown as a dot.</summary>
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(4);
        foreach (byte value in bytes)
            text.Append(value is >= 32 and < 127 ? (char)value : '.');
        return text.ToString();
    }
}
