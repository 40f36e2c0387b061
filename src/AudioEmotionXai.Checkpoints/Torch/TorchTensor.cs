using System.Buffers.Binary;

namespace AudioEmotionXai.Checkpoints;

/// <summary>A view of a storage, as <c>torch.save</c> writes a tensor: shape, strides and offset in elements. Checked to stay inside its
/// storage.</summary>
internal sealed class TorchTensor
{
    private readonly int[] _shape;
    private readonly long[] _strides;

    /// <summary>Describes a tensor whose strides and offset <see cref="TorchVocabulary"/> has checked.</summary>
    public TorchTensor(TorchStorage storage, long offset, int[] shape, long[] strides)
    {
        Storage = storage;
        Offset = offset;
        _shape = shape;
        _strides = strides;
    }

    public TorchStorage Storage { get; }

    public long Offset { get; }

    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public int Length
    {
        get
        {
            int length = 1;
            foreach (int axis in _shape)
                length *= axis;
            return length;
        }
    }

    /// <summary>The shape as text, such as <c>(64, 1, 7, 7)</c>.</summary>
    public override string ToString() => FloatTensor.Describe(_shape);

    /// <summary>The elements in row-major order, whatever their strides were.</summary>
    /// <param name="storageBytes">The bytes of <see cref="Storage"/>.</param>
    public double[] ToDoubles(ReadOnlySpan<byte> storageBytes)
    {
        double[] values = new double[Length];
        int[] position = new int[_shape.Length];
        long index = Offset;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Storage.Read(storageBytes, index);
            index = Advance(position, index);
        }

        return values;
    }

    private long Advance(int[] position, long index)
    {
        for (int axis = position.Length - 1; axis >= 0; axis--)
        {
            index += _strides[axis];
            if (++position[axis] < _shape[axis])
                return index;
            index -= _strides[axis] * _shape[axis];
            position[axis] = 0;
        }

        return index;
    }
}

/// <summary>The element types of the storages that a state dict may hold.</summary>
internal enum TorchElementType
{
    Float32,
    Float64,
    Float16,
    BFloat16,
    Int64,
}

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
