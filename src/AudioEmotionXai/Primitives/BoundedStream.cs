namespace AudioEmotionXai;

/// <summary>Reads declared numbers of bytes without trusting them: nothing is allocated for bytes that are not there.</summary>
internal static class BoundedStream
{
    private const int Step = 1 << 20;

    /// <summary>Reads <paramref name="count"/> bytes, or as many as there are.</summary>
    /// <returns>The bytes; fewer than asked for where the stream ends before.</returns>
    public static byte[] ReadUpTo(Stream stream, long count)
    {
        count = Math.Min(count, Array.MaxLength);
        return stream.CanSeek
            ? ReadPresent(stream, Math.Min(count, Math.Max(0, stream.Length - stream.Position)))
            : ReadGrowing(stream, count);
    }

    private static byte[] ReadPresent(Stream stream, long count)
    {
        byte[] bytes = new byte[count];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    private static byte[] ReadGrowing(Stream stream, long count)
    {
        byte[] bytes = new byte[Math.Min(count, Step)];
        int filled = 0;
        while (true)
        {
            filled += stream.ReadAtLeast(bytes.AsSpan(filled), bytes.Length - filled, throwOnEndOfStream: false);
            if (filled < bytes.Length)
                return bytes[..filled];
            if (filled == count)
                return bytes;
            Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
        }
    }
}
