using System.Buffers.Binary;
using System.Text;

namespace AudioEmotionXai.Checkpoints;

/// <summary>Reads an .npy file that holds Python objects, such as the dictionary of a label mapping.</summary>
internal static class NumPyObjectFile
{
    /// <summary>The array's elements.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="ModelFormatException">The file is not an .npy of objects, is cut off, or its pickle is refused.</exception>
    public static IReadOnlyList<object?> Read(ReadOnlyMemory<byte> bytes, string path)
    {
        ReadOnlyMemory<byte> pickle = AfterHeader(bytes, path);
        return PickleReader.Read(pickle, path, new NumPyVocabulary()) is NumPyObjectArray array
            ? array.Items
            : throw new ModelFormatException($"{path}: the pickle holds no NumPy array.");
    }

    private static ReadOnlyMemory<byte> AfterHeader(ReadOnlyMemory<byte> bytes, string path)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        if (span.Length < 8 || span[0] != 0x93 || !span[1..6].SequenceEqual("NUMPY"u8))
            throw new ModelFormatException($"{path}: is not an .npy file: its first bytes are not \\x93NUMPY.");
        int start = span[6] == 1 ? 10 : 12;
        if (span[6] is < 1 or > 3 || span.Length < start)
            throw new ModelFormatException($"{path}: the .npy header is cut off or of an unknown version {span[6]}.");
        uint length =
            span[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(span[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(span[8..]);
        if (length > (uint)(span.Length - start))
            throw new ModelFormatException($"{path}: the .npy header declares {length} bytes where {span.Length - start} are left.");
        string header = Encoding.UTF8.GetString(span.Slice(start, (int)length));
        if (!header.Contains("'descr': '|O'", StringComparison.Ordinal))
            throw new ModelFormatException(
                $"{path}: holds numbers or text; a pickled dictionary ('descr': '|O') was expected. Its header: {header.Trim()}");
        return bytes[(start + (int)length)..];
    }
}
