namespace AudioEmotionXai.TestKit;

/// <summary>A WAV file of any length that nobody holds: a header, then 16-bit noise made as it is read, a pure function of the place.</summary>
internal sealed class NoiseWav(long samples, int rate) : Stream
{
    private readonly byte[] _header =
    [
        .. "RIFF"u8, .. BitConverter.GetBytes((uint)(36 + (2 * samples))), .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, .. BitConverter.GetBytes(rate),
        .. BitConverter.GetBytes(2 * rate), 2, 0, 16, 0, .. "data"u8, .. BitConverter.GetBytes((uint)(2 * samples)),
    ];

    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = (int)Math.Min(count, _header.Length + (2 * samples) - _position);
        for (int i = 0; i < read; i++, _position++)
            buffer[offset + i] = _position < _header.Length ? _header[_position] : Byte(_position - _header.Length);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Noise whose level rises and falls within seconds.</summary>
    private byte Byte(long at)
    {
        ulong mixed = (ulong)(at / 2) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
        double level = 0.5 + (0.5 * Math.Sin(at / 2 / (double)rate));
        short sample = (short)(level * (short)(mixed >> 40));
        return (byte)(at % 2 == 0 ? sample : sample >> 8);
    }
}
