using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace AudioEmotionXai.Reporting;

/// <summary>Writes 8-bit PNG pictures (W3C PNG, third edition) over the framework's zlib.</summary>
internal static class PngWriter
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A picture as the bytes of a PNG file.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="color">What the samples mean.</param>
    /// <param name="samples">Rows from the top, a pixel's samples together.</param>
    /// <param name="palette">The colours of an indexed picture, at most 256.</param>
    /// <exception cref="ArgumentException">The number of samples does not fit the size, or the palette the colour type.</exception>
    public static byte[] Encode(int width, int height, PngColor color, ReadOnlySpan<byte> samples, ReadOnlySpan<Rgb> palette = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        int channels = color switch { PngColor.Rgb => 3, PngColor.Rgba => 4, _ => 1 };
        if ((long)width * height * channels != samples.Length)
            throw new ArgumentException(
                $"A picture of {width} x {height} with {channels} samples per pixel holds {(long)width * height * channels} samples, but "
                    + $"{samples.Length} were given.",
                nameof(samples));
        if (color == PngColor.Indexed ? palette.Length is 0 or > 256 : palette.Length > 0)
            throw new ArgumentException($"A picture of type {color} does not take a palette of {palette.Length} colours.", nameof(palette));

        MemoryStream file = new();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, Header(width, height, color));
        if (color == PngColor.Indexed)
            WriteChunk(file, "PLTE"u8, PaletteBytes(palette));
        WriteChunk(file, "IDAT"u8, Compress(samples, width * channels, channels, color != PngColor.Indexed));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(int width, int height, PngColor color)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = (byte)color;
        return header;
    }

    private static byte[] PaletteBytes(ReadOnlySpan<Rgb> palette)
    {
        byte[] bytes = new byte[3 * palette.Length];
        for (int i = 0; i < palette.Length; i++)
            (bytes[3 * i], bytes[(3 * i) + 1], bytes[(3 * i) + 2]) = (palette[i].Red, palette[i].Green, palette[i].Blue);
        return bytes;
    }

    private static byte[] Compress(ReadOnlySpan<byte> samples, int rowBytes, int pixelBytes, bool isFiltered)
    {
        MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] row = new byte[1 + rowBytes];
            for (int start = 0; start < samples.Length; start += rowBytes)
            {
                ReadOnlySpan<byte> source = samples.Slice(start, rowBytes);
                row[0] = isFiltered ? (byte)1 : (byte)0;
                for (int i = 0; i < rowBytes; i++)
                    row[1 + i] = isFiltered && i >= pixelBytes ? (byte)(source[i] - source[i - pixelBytes]) : source[i];
                zlib.Write(row);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        file.Write(type);
        file.Write(data);
        Crc32 checksum = new();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, checksum.GetCurrentHashAsUInt32());
        file.Write(word);
    }
}

/// <summary>What a PNG file's samples mean; the value is the colour type of the format.</summary>
internal enum PngColor
{
    /// <summary>One sample per pixel: brightness.</summary>
    Grey = 0,

    /// <summary>Three samples per pixel.</summary>
    Rgb = 2,

    /// <summary>One sample per pixel: an entry of the palette.</summary>
    Indexed = 3,

    /// <summary>Four samples per pixel, the last one opacity.</summary>
    Rgba = 6,
}
