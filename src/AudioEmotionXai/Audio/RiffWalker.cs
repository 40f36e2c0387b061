using System.Buffers.Binary;
using System.Text;

namespace AudioEmotionXai;

/// <summary>Walks the chunks of a RIFF or RF64 file until both the format and where the samples begin are found. What follows is not
/// looked at.</summary>
internal sealed class RiffWalker(Stream stream, string name)
{
    private const uint Unknown = uint.MaxValue;
    private const int MaximumHeaderChunk = 1 << 16;
    private long _offset;
    private bool _isUnfinished;
    private bool _isLong;
    private long _longDataSize = -1;
    private WaveFormat? _format;
    private bool _dataRunsToTheEnd;
    private long _dataOffset;
    private long? _dataStart;
    private long _dataSize;

    /// <summary>The format, and how many bytes of samples there are (-1 where they run to the end): the stream stands at the first of
    /// them.</summary>
    public (WaveFormat Format, long Size) FindFormatAndStartOfData()
    {
        ReadFileHeader();
        while (_format is null || _dataStart is null)
            ReadChunk();
        if (_dataSize % _format.Value.BytesPerFrame != 0 && !_dataRunsToTheEnd)
            throw new AudioFormatException(
                FormattableString.Invariant(
                    $"{Where("data", _dataOffset)} has {_dataSize} bytes; expected a multiple of {_format.Value.BytesPerFrame}."));
        if (_dataStart >= 0)
            stream.Position = _dataStart.Value;
        return (_format.Value, _dataRunsToTheEnd ? -1 : _dataSize);
    }

    private void ReadFileHeader()
    {
        byte[] header = Exactly(12, "the RIFF header");
        string magic = Text(header.AsSpan(0, 4));
        _isLong = magic is "RF64" or "BW64";
        if (!_isLong && magic != "RIFF")
            throw Wrong(0, $"begins with '{magic}'; expected 'RIFF' or 'RF64'");
        if (Text(header.AsSpan(8, 4)) is not "WAVE" and string form)
            throw Wrong(8, $"is of form '{form}'; expected 'WAVE'");
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        _isUnfinished = !_isLong && (size == 0 || IsPlaceholder(size));
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
            case "data" when _dataStart is null:
                PassData(start, size);
                if (_format is not null)
                    return;
                break;
            default:
                Skip(id, start, size);
                break;
        }

        SkipPadding(size);
    }

    /// <summary>What writers to a pipe leave where a size belongs: all ones, or about 2 GiB and the headers' length.</summary>
    private static bool IsPlaceholder(uint size) => size is Unknown or (>= 0x7FFF_F000 and <= 0x8000_0100);

    private byte[] HeaderChunk(string id, long start, uint size) =>
        size <= MaximumHeaderChunk
            ? Body(id, start, size)
            : throw new AudioFormatException(
                FormattableString.Invariant($"{Where(id, start)} declares {size} bytes; expected at most {MaximumHeaderChunk}."));

    /// <summary>Notes where the samples begin; where the format is yet to come, the walk goes on behind them.</summary>
    private void PassData(long start, uint size)
    {
        _dataOffset = start;
        bool isThere = stream.CanSeek && size <= stream.Length - stream.Position;
        _dataRunsToTheEnd = _isUnfinished && (size is 0 or Unknown || (IsPlaceholder(size) && !isThere));
        _dataSize = _dataRunsToTheEnd ? 0 : _isLong && size == Unknown && _longDataSize >= 0 ? _longDataSize : size;
        if (stream.CanSeek && _dataSize > stream.Length - stream.Position)
            throw EndsEarly("data", start, _dataSize, stream.Length - stream.Position);
        if (_format is not null)
        {
            _dataStart = -1;
            return;
        }

        if (!stream.CanSeek || _dataRunsToTheEnd)
            throw new AudioFormatException(
                $"{Where("data", start)} comes before the chunk 'fmt '; expected: after it, where "
                    + $"{(stream.CanSeek ? "the samples run to the end" : "the stream cannot be wound back")}.");
        _dataStart = stream.Position;
        stream.Seek(_dataSize, SeekOrigin.Current);
        _offset += _dataSize;
    }

    private void ReadLongSizes(byte[] body, long start)
    {
        if (body.Length < 24)
            throw new AudioFormatException(
                FormattableString.Invariant($"{Where("ds64", start)} is {body.Length} bytes long; expected at least 24."));
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(body.AsSpan(8));
        _longDataSize = (long)Math.Min(size, long.MaxValue);
    }

    private byte[] Body(string id, long start, long size)
    {
        byte[] body = BoundedStream.ReadUpTo(stream, size);
        _offset += body.Length;
        return body.Length == size
            ? body
            : throw EndsEarly(id, start, size, body.Length);
    }

    private void Skip(string id, long start, uint size)
    {
        if (stream.CanSeek)
        {
            long left = stream.Length - stream.Position;
            if (size > left)
                throw EndsEarly(id, start, size, left);
            stream.Seek(size, SeekOrigin.Current);
            _offset += size;
            return;
        }

        Span<byte> scratch = stackalloc byte[4096];
        for (long left = size; left > 0;)
        {
            int read = stream.Read(scratch[..(int)Math.Min(left, scratch.Length)]);
            if (read == 0)
                throw EndsEarly(id, start, size, size - left);
            left -= read;
            _offset += read;
        }
    }

    /// <summary>Chunks start at even offsets: one of an odd size is followed by a byte that does not count (and may be missing at the
    /// end).</summary>
    private void SkipPadding(uint size)
    {
        if ((size & 1) == 1 && stream.ReadByte() >= 0)
            _offset++;
    }

    private AudioFormatException EndsEarly(string id, long start, long size, long left) =>
        new(FormattableString.Invariant($"{Where(id, start)} declares {size} bytes, but the file ends after {left} of them."));

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

    private AudioFormatException Wrong(long offset, string what) =>
        new(FormattableString.Invariant($"{name}: at offset {offset}, the file {what}."));

    /// <summary>Four bytes as text; what is not printable is shown as a dot.</summary>
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(4);
        foreach (byte value in bytes)
            text.Append(value is >= 32 and < 127 ? (char)value : '.');
        return text.ToString();
    }
}
