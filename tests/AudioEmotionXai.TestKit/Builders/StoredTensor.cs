using System.Buffers.Binary;

namespace AudioEmotionXai.TestKit;

/// <summary>A tensor as a test wants it written: a storage and a view of it.</summary>
internal sealed record StoredTensor(long[] Shape, double[] Storage)
{
    /// <summary>FloatStorage, DoubleStorage, HalfStorage, BFloat16Storage or LongStorage.</summary>
    public string StorageClass { get; init; } = "FloatStorage";

    public long Offset { get; init; }

    /// <summary>Row-major where null.</summary>
    public long[]? Strides { get; init; }

    /// <summary>What the pickle claims; the storage's true count where null.</summary>
    public long? DeclaredCount { get; init; }

    public long Count => Shape.Aggregate(1L, (count, length) => count * length);

    public long[] EffectiveStrides => Strides ?? [.. Shape.Select((_, axis) => Shape.Skip(axis + 1).Aggregate(1L, (count, length) => count * length))];

    public byte[] StorageBytes() => [.. Storage.SelectMany(Encode)];

    private byte[] Encode(double value)
    {
        byte[] bytes = new byte[StorageClass switch { "FloatStorage" => 4, "HalfStorage" or "BFloat16Storage" => 2, _ => 8 }];
        switch (StorageClass)
        {
            case "FloatStorage": BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value); break;
            case "DoubleStorage": BinaryPrimitives.WriteDoubleLittleEndian(bytes, value); break;
            case "HalfStorage": BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value); break;
            case "BFloat16Storage": BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)); break;
            default: BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)value); break;
        }

        return bytes;
    }
}
