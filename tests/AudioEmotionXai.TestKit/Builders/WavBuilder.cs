using System.Buffers.Binary;
using System.Text;

namespace AudioEmotionXai.TestKit;

/// <summary>Builds WAV files chunk by chunk, right or wrong.</summary>
internal static class WavBuilder
{
    public static byte[] File(params byte[][] chunks) => File("RIFF", null, chunks);

    public static byte[] File(string magic, uint? size, params byte[][] chunks)
    {
        byte[] body = [.. "WAVE"u8, .. chunks.SelectMany(chunk => chunk)];
        return [.. Encoding.ASCII.GetBytes(magic), .. UInt32(size ?? (uint)body.Length), .. body];
    }

    public static byte[] Chunk(string id, byte[] body, uint? size = null) =>
        [.. Encoding.ASCII.GetBytes(id), .. UInt32(size ?? (uint)body.Length), .. body, .. new byte[body.Length & 1]];

    public static byte[] Format(int tag, int channels, int rate, int bits, int? block = null) =>
    [
        .. UInt16(tag), .. UInt16(channels), .. UInt32((uint)rate), .. UInt32((uint)(rate * channels * bits / 8)),
        .. UInt16(block ?? (channels * bits / 8)), .. UInt16(bits),
    ];

    public static byte[] ExtensibleFormat(int tag, int channels, int rate, int bits) =>
    [
        .. Format(0xFFFE, channels, rate, bits), .. UInt16(22), .. UInt16(bits), .. UInt32(0),
        .. UInt16(tag), 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71,
    ];

    public static byte[] UInt16(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
