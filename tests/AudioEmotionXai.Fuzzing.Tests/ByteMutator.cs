using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Damages bytes: flipped bits, cuts, splices, numbers at the edge, pieces of the format's text.</summary>
/// <param name="random">Decides everything: the same seed gives the same damage.</param>
/// <param name="tokens">Pieces of the format's own text.</param>
internal sealed class ByteMutator(Random random, string[] tokens)
{
    private static readonly long[] s_edges =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 31, 64, 100, 127, 128, 255, 256, 4096, 32767, 65535, 1 << 20, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32,
        1L << 40, long.MaxValue, long.MinValue, int.MinValue, -1, -2, -128,
    ];

    /// <summary>A number at an edge of some type.</summary>
    public static long Edge(Random random) => s_edges[random.Next(s_edges.Length)];

    /// <summary>One damage, or up to five, one after another.</summary>
    public byte[] Damage(byte[] source, byte[] other)
    {
        byte[] result = source;
        for (int left = random.Next(2) == 0 ? 1 : 1 + random.Next(5); left > 0; left--)
            result = result.Length == 0 ? other : DamageOnce(result, other);
        return result;
    }

    private byte[] DamageOnce(byte[] bytes, byte[] other)
    {
        int at = random.Next(bytes.Length), end = at + 1 + random.Next(Math.Min(64, bytes.Length - at));
        byte[] part = other.Length == 0 ? [] : other[random.Next(other.Length)..];
        return random.Next(9) switch
        {
            0 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]],
            1 => bytes[..at],
            2 => [.. bytes[..at], .. bytes[end..]],
            3 => [.. bytes[..end], .. bytes[at..]],
            4 => [.. bytes[..at], .. part],
            5 => [.. bytes[..at], .. part[..random.Next(part.Length + 1)], .. bytes[at..]],
            6 => Overwrite(bytes, at, Number()[..Math.Min(bytes.Length - at, 1 << random.Next(4))]),
            7 => Digits(bytes, at),
            _ => [.. bytes[..at], .. Token(), .. bytes[(at + random.Next(2))..]],
        };
    }

    private byte[] Token() => tokens.Length == 0 ? [0] : Encoding.Latin1.GetBytes(tokens[random.Next(tokens.Length)]);

    private byte[] Number()
    {
        byte[] number = new byte[8];
        if (random.Next(4) == 0)
            BinaryPrimitives.WriteInt32BigEndian(number, (int)Edge(random));
        else
            BinaryPrimitives.WriteInt64LittleEndian(number, Edge(random));
        return number;
    }

    private static byte[] Overwrite(byte[] bytes, int at, byte[] with) => [.. bytes[..at], .. with, .. bytes[(at + with.Length)..]];

    /// <summary>Replaces the next run of digits by another number.</summary>
    private byte[] Digits(byte[] bytes, int at)
    {
        int start = Array.FindIndex(bytes, at, value => char.IsAsciiDigit((char)value));
        if (start < 0)
            return bytes;
        int end = Array.FindIndex(bytes, start, value => !char.IsAsciiDigit((char)value));
        byte[] number = Encoding.ASCII.GetBytes(Edge(random).ToString(CultureInfo.InvariantCulture));
        return [.. bytes[..start], .. number, .. end < 0 ? [] : bytes[end..]];
    }
}
