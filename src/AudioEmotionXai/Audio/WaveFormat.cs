using System.Buffers.Binary;
using System.Runtime.InteropServices;

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
            AudioClip.IsRate(rate), where, $"has a sample rate of {rate} Hz", AudioClip.RateRange);
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

/// <summary>Turns the bytes of a <c>data</c> chunk into mono samples: integers are divided by 2^(bits-1), channels averaged.</summary>
internal static class WaveSamples
{
    /// <summary>Decodes as many frames as there is room for.</summary>
    /// <param name="data">At least the bytes of these frames.</param>
    /// <param name="format">How they are encoded.</param>
    /// <param name="mono">Receives a sample for each frame.</param>
    public static void Decode(ReadOnlySpan<byte> data, WaveFormat format, Span<float> mono)
    {
        if (format is { Channels: 1, Bits: 16 })
            DecodeMono16(data, mono);
        else
            DecodeAny(data, format, mono);
    }

    private static void DecodeMono16(ReadOnlySpan<byte> data, Span<float> mono)
    {
        if (!BitConverter.IsLittleEndian)
        {
            DecodeAny(data, new WaveFormat(false, 1, 1, 16), mono);
            return;
        }

        ReadOnlySpan<short> samples = MemoryMarshal.Cast<byte, short>(data)[..mono.Length];
        for (int i = 0; i < mono.Length; i++)
            mono[i] = samples[i] / 32768f;
    }

    private static void DecodeAny(ReadOnlySpan<byte> data, WaveFormat format, Span<float> mono)
    {
        int bytes = format.Bits / 8;
        for (int i = 0; i < mono.Length; i++)
        {
            ReadOnlySpan<byte> frame = data.Slice(i * format.BytesPerFrame, format.BytesPerFrame);
            double sum = 0;
            for (int channel = 0; channel < format.Channels; channel++)
                sum += Decode(frame[(channel * bytes)..], format);
            mono[i] = (float)(sum / format.Channels);
        }
    }

    private static double Decode(ReadOnlySpan<byte> sample, WaveFormat format) => (format.IsFloat, format.Bits) switch
    {
        (false, 8) => (sample[0] - 128) / 128.0,
        (false, 16) => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768.0,
        (false, 24) => (sample[0] | (sample[1] << 8) | ((sbyte)sample[2] << 16)) / 8388608.0,
        (false, _) => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648.0,
        (true, 32) => BinaryPrimitives.ReadSingleLittleEndian(sample),
        (true, _) => BinaryPrimitives.ReadDoubleLittleEndian(sample),
    };
}
