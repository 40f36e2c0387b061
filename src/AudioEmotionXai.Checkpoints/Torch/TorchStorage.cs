using System.Buffers.Binary;

namespace AudioEmotionXai.Checkpoints;

/// <summary>A run of numbers that a pickle names by key; its bytes are another entry of the archive (little-endian).</summary>
internal sealed record TorchStorage(string Key, TorchElementType Type, long Count)
{
    private static readonly Dictionary<string, TorchElementType> Types = new(StringComparer.Ordinal)
    {
        ["FloatStorage"] = TorchElementType.Float32,
        ["DoubleStorage"] = TorchElementType.Float64,
        ["HalfStorage"] = TorchElementType.Float16,
        ["BFloat16Storage"] = TorchElementType.BFloat16,
        ["LongStorage"] = TorchElementType.Int64,
    };

    /// <summary>The names of the classes that are read, for messages.</summary>
    public static IEnumerable<string> ClassNames => Types.Keys;

    public int ElementSize => Type switch
    {
        TorchElementType.Float64 or TorchElementType.Int64 => 8,
        TorchElementType.Float32 => 4,
        _ => 2,
    };

    /// <summary>The element type of a class such as <c>FloatStorage</c>.</summary>
    public static bool TryGetType(string className, out TorchElementType type) => Types.TryGetValue(className, out type);

    /// <summary>Element <paramref name="index"/> of the storage's bytes.</summary>
    public double Read(ReadOnlySpan<byte> bytes, long index)
    {
        ReadOnlySpan<byte> element = bytes.Slice(checked((int)(index * ElementSize)), ElementSize);
        return Type switch
        {
            TorchElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
            TorchElementType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(element),
            TorchElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
            TorchElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
            _ => BinaryPrimitives.ReadInt64LittleEndian(element),
        };
    }
}
