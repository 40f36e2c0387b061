using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AudioEmotionXai.Reporting.Tests;

/// <summary>A plain PNG reader for 8-bit pictures with filters None and Sub: the second program that the writer is held to.</summary>
internal sealed record TinyPngReader(int Width, int Height, int ColorType, byte[] Samples, byte[] Palette)
{
    public static TinyPngReader Decode(byte[] file)
    {
        Assert.That(file.AsSpan(0, 8).ToArray(), Is.EqualTo(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }));
        byte[] header = [], palette = [];
        MemoryStream data = new();
        string type = "";
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            type = Encoding.ASCII.GetString(file, at + 4, 4);
            byte[] content = file.AsSpan(at + 8, length).ToArray();
            Assert.That(BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)), Is.EqualTo(SlowCrc(file.AsSpan(at + 4, length + 4))), $"CRC of {type}");
            if (type == "IHDR")
                header = content;
            else if (type == "PLTE")
                palette = content;
            else if (type == "IDAT")
                data.Write(content);
            at += 12 + length;
        }

        Assert.That(type, Is.EqualTo("IEND"));
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        Assert.That(header[8], Is.EqualTo(8));
        int channels = header[9] switch { 2 => 3, 6 => 4, _ => 1 };
        return new TinyPngReader(width, height, header[9], Unfilter(data.ToArray(), width * channels, height, channels), palette);
    }

    private static byte[] Unfilter(byte[] compressed, int rowBytes, int height, int channels)
    {
        using ZLibStream zlib = new(new MemoryStream(compressed), CompressionMode.Decompress);
        byte[] samples = new byte[rowBytes * height];
        for (int y = 0; y < height; y++)
        {
            int filter = zlib.ReadByte();
            Assert.That(filter, Is.AnyOf(0, 1));
            zlib.ReadExactly(samples, y * rowBytes, rowBytes);
            for (int x = channels; filter == 1 && x < rowBytes; x++)
                samples[(y * rowBytes) + x] += samples[(y * rowBytes) + x - channels];
        }

        Assert.That(zlib.ReadByte(), Is.EqualTo(-1), "no byte after the last row");
        return samples;
    }

    private static uint SlowCrc(ReadOnlySpan<byte> data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }
}
