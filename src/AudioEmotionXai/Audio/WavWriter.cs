using System.Buffers.Binary;

namespace AudioEmotionXai;

/// <summary>Writes mono clips as WAV files, which <see cref="WavReader"/> reads back.</summary>
public static class WavWriter
{
    /// <summary>Writes a file; it appears whole or not at all.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="clip">What it holds.</param>
    /// <param name="encoding">How samples are encoded.</param>
    public static void Write(string path, AudioClip clip, WavEncoding encoding = WavEncoding.Pcm16) =>
        AtomicFile.Write(path, stream => Write(stream, clip, encoding));

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="clip">What is written.</param>
    /// <param name="encoding">How samples are encoded.</param>
    public static void Write(Stream stream, AudioClip clip, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(clip);
        int bytes = encoding == WavEncoding.Pcm16 ? 2 : 4;
        if (clip.Samples.Length > (int.MaxValue - 64) / bytes)
            throw new ArgumentException($"The clip has {clip.Samples.Length} samples, more than a WAV file holds.", nameof(clip));
        stream.Write(Header(clip, encoding, bytes));
        byte[] data = new byte[clip.Samples.Length * bytes];
        Encode(clip.Samples.Span, data, encoding);
        stream.Write(data);
    }

    private static byte[] Header(AudioClip clip, WavEncoding encoding, int bytes)
    {
        byte[] header = new byte[44];
        int data = clip.Samples.Length * bytes;
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 36 + data);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), (short)(encoding == WavEncoding.Pcm16 ? 1 : 3));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), clip.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), clip.SampleRate * bytes);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), (short)bytes);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), (short)(bytes * 8));
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), data);
        return header;
    }

    private static void Encode(ReadOnlySpan<float> samples, Span<byte> data, WavEncoding encoding)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            if (encoding == WavEncoding.Pcm16)
                BinaryPrimitives.WriteInt16LittleEndian(
                    data[(2 * i)..], (short)Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue));
            else
                BinaryPrimitives.WriteSingleLittleEndian(data[(4 * i)..], samples[i]);
        }
    }
}

/// <summary>How a <see cref="WavWriter"/> encodes samples.</summary>
public enum WavEncoding
{
    /// <summary>16-bit integers; samples beyond -1 to 1 are clipped. What every player reads.</summary>
    Pcm16,

    /// <summary>32-bit floating point; nothing is lost.</summary>
    Float32,
}
