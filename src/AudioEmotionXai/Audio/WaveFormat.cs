using System.Buffers.Binary;

namespace AudioEmotionXai;

/// <summary>What the <c>fmt </c> chunk of a WAV file says: how samples are encoded.</summary>
internal readonly record struct WaveFormat(bool IsFloat, int Channels, int SampleRate, int Bits)
{
    private const int Pcm = 1;
    private const int Float = 3;
    private const int Extensible = 0xFFFE;

    /// <summary>The bytes of one sample of every channel.</summary>
    public int BytesPerFrame => Channels * Bits / 8;

    /// <summary>Reads the chunk's body.</summary>
    /// <param name="body">At least 16 bytes; 40 for the extensible kind.</param>
    /// <param name="where">File, chunk and offset, for messages.</param>
    public static WaveFormat Parse(ReadOnlySpan<byte> body, string where)
    {
        Require(body.Length >= 16, where, $"is {body.Length} bytes long", "at least 16");
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        int block = BinaryPrimitives.ReadUInt16LittleEndian(body[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(body[14..]);
        if (tag == Extensible)
            tag = SubFormat(body, where);
        Require(
            tag is Pcm or Float, where, $"has format tag {tag} (0x{tag:X4})", "1 (PCM), 3 (float) or 65534 (extensible) with one of those");
        Require(channels >= 1, where, "has 0 channels", "at least 1");
        Require(
            rate is >= 1 and <= AudioClip.MaximumSampleRate, where, $"has a sample rate of {rate} Hz",
            $"1 to {AudioClip.MaximumSampleRate}");
        Require(
            tag == Pcm ? bits is 8 or 16 or 24 or 32 : bits is 32 or 64, where, $"has {bits} bits a sample",
            tag == Pcm ? "8, 16, 24 or 32" : "32 or 64");
        Require(block == channels * bits / 8, where, $"has {block} bytes a frame", $"{channels} channels x {bits / 8} bytes");
        return new WaveFormat(tag == Float, channels, (int)rate, bits);
    }

    /// <summary>The bytes after the tag in the sub-format's GUID, KSDATAFORMAT_SUBTYPE_*.</summary>
    private static ReadOnlySpan<byte> GuidTail => [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    private static int SubFormat(ReadOnlySpan<byte> body, string where)
    {
        Require(body.Length >= 40, where, $"is extensible and {body.Length} bytes long", "at least 40");
        Require(body.Slice(26, 14).SequenceEqual(GuidTail), where, $"has the sub-format {new Guid(body.Slice(24, 16))}", "PCM or float");
        return BinaryPrimitives.ReadUInt16LittleEndian(body[24..]);
    }

    private static void Require(bool holds, string where, string found, string expected)
    {
        if (!holds)
            throw new AudioFormatException($"{where} {found}; expected {expected}.");
    }
}
