namespace AudioEmotionXai;

/// <summary>Reads another stream and keeps the CRC-32 of what was read, which zip files carry and the platform's reader does not
/// compare.</summary>
internal sealed class ChecksumStream(Stream inner) : Stream
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(start => Shifted((uint)start))];

    private uint _state = uint.MaxValue;

    /// <summary>The checksum of the bytes read so far.</summary>
    public uint Crc32 => ~_state;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        uint state = _state;
        foreach (byte value in buffer[..read])
            state = s_table[(byte)(state ^ value)] ^ (state >> 8);
        _state = state;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static uint Shifted(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        return value;
    }
}
