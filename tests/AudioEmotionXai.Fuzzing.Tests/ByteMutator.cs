using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Damages bytes in the ways that find mistakes in parsers: flipped bits, cuts, splices, lengths that lie, numbers at the edge.</summary>
/// <param name="random">Decides everything: the same seed gives the same damage.</param>
/// <param name="tokens">Pieces of the format's own text, to be put where they do not belong.</param>
internal sealed class ByteMutator(Random random, string[] tokens)
{
    private static readonly long[] s_edges =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 31, 63, 64, 100, 127, 128, 255, 256, 1000, 4096, 32767, 32768, 65535, 65536, 1 << 20, int.MaxValue - 1, int.MaxValue, 1L << 31, uint.MaxValue - 1,
        uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue - 1, long.MaxValue, long.MinValue, int.MinValue, -1, -2, -128,
    ];

    /// <summary>A number at an edge of some type.</summary>
    public long Edge() => s_edges[random.Next(s_edges.Length)];

    /// <summary>One damage, or up to five, one after another.</summary>
    public byte[] Damage(byte[] source, byte[] other)
    {
        byte[] result = [.. source];
        for (int left = random.Next(2) == 0 ? 1 : 1 + random.Next(5); left > 0; left--)
            result = Once(result, other);
        return result;
    }

    private byte[] Once(byte[] bytes, byte[] other)
    {
        if (bytes.Length == 0)
            return [.. other];
        int at = random.Next(bytes.Length), length = 1 + random.Next(Math.Min(64, bytes.Length - at));
        return random.Next(12) switch
        {
            0 => Flip(bytes, at),
            1 => bytes[..at],
            2 => [.. bytes[..at], .. bytes[(at + length)..]],
            3 => [.. bytes[..(at + length)], .. bytes[at..]],
            4 => [.. bytes[..at], .. Part(other)],
            5 => [.. bytes[..at], .. Part(other), .. bytes[at..]],
            6 => Overwrite(bytes, at, [(byte)Edge()]),
            7 => Number(bytes, at, 2),
            8 => Number(bytes, at, 4),
            9 => Number(bytes, at, 8),
            10 => Digits(bytes, at),
            _ => Token(bytes, at),
        };
    }

    private byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private ReadOnlySpan<byte> Part(byte[] other)
    {
        if (other.Length == 0)
            return [];
        int from = random.Next(other.Length);
        return other.AsSpan(from, 1 + random.Next(other.Length - from));
    }

    private byte[] Number(byte[] bytes, int at, int size)
    {
        long value = Edge();
        Span<byte> number = stackalloc byte[8];
        if (random.Next(4) == 0)
            BinaryPrimitives.WriteInt64BigEndian(number, value << (64 - (8 * size)));
        else
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        return Overwrite(bytes, at, number[..size]);
    }

    private static byte[] Overwrite(byte[] bytes, int at, ReadOnlySpan<byte> with)
    {
        with[..Math.Min(with.Length, bytes.Length - at)].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    /// <summary>Replaces the next run of digits by another number.</summary>
    private byte[] Digits(byte[] bytes, int at)
    {
        int start = at;
        while (start < bytes.Length && !char.IsAsciiDigit((char)bytes[start]))
            start++;
        int end = start;
        while (end < bytes.Length && char.IsAsciiDigit((char)bytes[end]))
            end++;
        return [.. bytes[..start], .. Encoding.ASCII.GetBytes(Edge().ToString(CultureInfo.InvariantCulture)), .. bytes[end..]];
    }

    private byte[] Token(byte[] bytes, int at) => tokens.Length == 0
        ? Flip(bytes, at)
        : [.. bytes[..at], .. Encoding.Latin1.GetBytes(tokens[random.Next(tokens.Length)]), .. bytes[(at + random.Next(2))..]];
}
