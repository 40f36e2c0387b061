using System.Buffers.Binary;
using System.Text;

namespace AudioEmotionXai.Checkpoints;

/// <summary>Reads a pickle's operands; every length is checked against what is left before anything is allocated.</summary>
internal sealed class PickleCursor(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    public int Position { get; private set; }

    public int Remaining => bytes.Length - Position;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double ReadBigEndianDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A two's-complement integer of 0 to 8 bytes.</summary>
    public long ReadLong(int byteCount)
    {
        if (byteCount > 8)
            throw new PickleRefusedException($"holds an integer of {byteCount} bytes; at most 8 are read");
        ReadOnlySpan<byte> source = Take((ulong)byteCount);
        long value = byteCount > 0 && (source[^1] & 0x80) != 0 ? -1 : 0;
        for (int i = byteCount - 1; i >= 0; i--)
            value = (value << 8) | source[i];
        return value;
    }

    public byte[] ReadBytes(ulong count) => Take(count).ToArray();

    public string ReadUtf8(ulong count)
    {
        try
        {
            return StrictUtf8.GetString(Take(count));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleRefusedException("holds a text that is not UTF-8");
        }
    }

    /// <summary>The text up to the next line feed, which is consumed.</summary>
    public string ReadLine()
    {
        int length = bytes.Span[Position..].IndexOf((byte)'\n');
        if (length < 0)
            throw new PickleRefusedException("ends within a line of text");
        string line = ReadUtf8((ulong)length);
        Position++;
        return line;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)Remaining)
            throw new PickleRefusedException($"asks for {count} bytes where {Remaining} are left");
        ReadOnlySpan<byte> taken = bytes.Span.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
