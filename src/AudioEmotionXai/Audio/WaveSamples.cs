using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AudioEmotionXai;

/// <summary>Turns the bytes of a <c>data</c> chunk into mono samples: integers are divided by 2^(bits-1), channels averaged.</summary>
internal static class WaveSamples
{
    /// <summary>Decodes whole frames; a rest of less than one is left out.</summary>
    public static float[] ToMono(ReadOnlySpan<byte> data, WaveFormat format)
    {
        float[] mono = new float[data.Length / format.BytesPerFrame];
        Decode(data, format, mono);
        return mono;
    }

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
