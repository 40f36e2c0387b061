using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioEmotionXai.Protobuf;
using Google.Protobuf;

namespace AudioEmotionXai;

/// <summary>A constant tensor of a model: a weight, a bias, a shape. Reads raw and typed data alike; external data is read with the
/// model.</summary>
public sealed class OnnxTensor
{
    internal OnnxTensor(TensorProto proto) => Proto = proto;

    /// <summary>The tensor's name.</summary>
    public string Name => Proto.Name;

    /// <summary>The type of the elements.</summary>
    public OnnxElementType ElementType => (OnnxElementType)Proto.DataType;

    /// <summary>The axes' lengths; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape => Proto.Dims;

    /// <summary>The number of elements.</summary>
    /// <exception cref="ModelFormatException">A length is negative, or the product is larger than any number.</exception>
    public long Count
    {
        get
        {
            Int128 count = 1;
            foreach (long length in Proto.Dims)
                count = length >= 0 && count <= long.MaxValue ? count * length : throw Invalid("has a shape that no data can fill");
            return count <= long.MaxValue ? (long)count : throw Invalid("has a shape that no data can fill");
        }
    }

    internal TensorProto Proto { get; }

    /// <summary>Creates a float32 tensor from elements in row-major order; no shape makes a scalar.</summary>
    internal static OnnxTensor FromFloats(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Create(name, OnnxElementType.Float, values, shape);

    /// <summary>A float32 tensor whose elements are these, not a copy of them.</summary>
    internal static OnnxTensor Wrap(string name, float[] values, params ReadOnlySpan<long> shape) =>
        Create(name, OnnxElementType.Float, new FloatBytes(values).Memory, values.Length, shape);

    /// <summary>Creates an int64 tensor from elements in row-major order; no shape makes a scalar.</summary>
    internal static OnnxTensor FromInt64s(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        Create(name, OnnxElementType.Int64, values, shape);

    /// <summary>Creates a truth value.</summary>
    internal static OnnxTensor FromBool(string name, bool value) =>
        Create<byte>(name, OnnxElementType.Bool, [value ? (byte)1 : (byte)0], []);

    /// <summary>Creates an int32 scalar.</summary>
    internal static OnnxTensor FromInt32(string name, int value) => Create<int>(name, OnnxElementType.Int32, [value], []);

    /// <summary>A tensor of any type from its elements as they lie in memory.</summary>
    internal static OnnxTensor FromBytes(string name, OnnxElementType type, byte[] data, ReadOnlySpan<long> shape)
    {
        TensorProto proto = new() { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(data) };
        foreach (long length in shape)
            proto.Dims.Add(length);
        return new OnnxTensor(proto);
    }

    /// <summary>The elements as float32: as they lie in memory, where they do as such, else a copy.</summary>
    internal ReadOnlySpan<float> Floats => IsRawFloats ? MemoryMarshal.Cast<byte, float>(Proto.RawData.Span) : ToFloats();

    private bool IsRawFloats =>
        ElementType == OnnxElementType.Float && Proto.HasRawData && Proto.RawData.Length == 4 * (Int128)Count;

    /// <summary>The elements as float32, whatever number type they are stored in.</summary>
    /// <exception cref="ModelFormatException">The data is shorter or longer than the shape says, or is text.</exception>
    public float[] ToFloats() =>
        ElementType switch
        {
            OnnxElementType.Float when IsRawFloats => Floats.ToArray(),
            OnnxElementType.Float => Read<float, float>(Proto.FloatData, value => value),
            OnnxElementType.Double => Read<double, float>(Proto.DoubleData, value => (float)value),
            OnnxElementType.Float16 => Read<ushort, int, float>(
                Proto.Int32Data, raw => (float)BitConverter.UInt16BitsToHalf(raw),
                typed => (float)BitConverter.UInt16BitsToHalf((ushort)typed)),
            OnnxElementType.BFloat16 => Read<ushort, int, float>(
                Proto.Int32Data, raw => FromBFloat16(raw), typed => FromBFloat16((ushort)typed)),
            _ => Array.ConvertAll(ToInt64s(), value => (float)value),
        };

    /// <summary>The elements as int64, whatever integer type (or bool) they are stored in.</summary>
    /// <exception cref="ModelFormatException">The data is shorter or longer than the shape says, or is not of an integer type.</exception>
    public long[] ToInt64s() => ElementType switch
    {
        OnnxElementType.Int64 => Read<long, long>(Proto.Int64Data, value => value),
        OnnxElementType.Int32 => Read<int, int, long>(Proto.Int32Data, raw => raw, typed => typed),
        OnnxElementType.Int16 => Read<short, int, long>(Proto.Int32Data, raw => raw, typed => typed),
        OnnxElementType.Int8 => Read<sbyte, int, long>(Proto.Int32Data, raw => raw, typed => typed),
        OnnxElementType.UInt8 or OnnxElementType.Bool => Read<byte, int, long>(Proto.Int32Data, raw => raw, typed => typed),
        OnnxElementType.UInt16 => Read<ushort, int, long>(Proto.Int32Data, raw => raw, typed => typed),
        OnnxElementType.UInt32 => Read<uint, ulong, long>(Proto.Uint64Data, raw => raw, typed => (long)typed),
        OnnxElementType.UInt64 => Read<ulong, ulong, long>(Proto.Uint64Data, raw => (long)raw, typed => (long)typed),
        _ => throw Invalid($"is of type {ElementType}; an integer type was expected"),
    };

    /// <summary>Whether the elements are floating-point numbers.</summary>
    public bool IsFloatingPoint =>
        ElementType is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16;

    /// <summary>Name, type and shape as text.</summary>
    public override string ToString() =>
        $"{Name}: {ElementType} ({string.Join(", ", Shape.Select(length => length.ToString(CultureInfo.InvariantCulture)))})";

    internal OnnxTensor Renamed(string name)
    {
        TensorProto copy = Proto.Clone();
        copy.Name = name;
        return new OnnxTensor(copy);
    }

    private static OnnxTensor Create<T>(string name, OnnxElementType type, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged => Create(name, type, MemoryMarshal.AsBytes(values).ToArray(), values.Length, shape);

    private static OnnxTensor Create(string name, OnnxElementType type, ReadOnlyMemory<byte> data, int count, ReadOnlySpan<long> shape)
    {
        TensorProto proto = new()
        {
            Name = name,
            DataType = (int)type,
            RawData = UnsafeByteOperations.UnsafeWrap(data),
        };
        foreach (long length in shape)
            proto.Dims.Add(length);
        OnnxTensor tensor = new(proto);
        return tensor.Count == count
            ? tensor
            : throw new ArgumentException($"The tensor {tensor} holds {tensor.Count} elements, but {count} were given.", nameof(data));
    }

    private static float FromBFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private TResult[] Read<TStored, TResult>(IReadOnlyList<TStored> typed, Func<TStored, TResult> convert)
        where TStored : unmanaged => Read<TStored, TStored, TResult>(typed, convert, convert);

    private TResult[] Read<TRaw, TTyped, TResult>(IReadOnlyList<TTyped> typed, Func<TRaw, TResult> fromRaw, Func<TTyped, TResult> fromTyped)
        where TRaw : unmanaged
    {
        int stored = Proto.HasRawData ? Proto.RawData.Length / Unsafe.SizeOf<TRaw>() : typed.Count;
        if (stored != Count)
            throw Invalid($"has {stored} elements of data, but its shape holds {Count}");
        TResult[] result = new TResult[stored];
        if (!Proto.HasRawData)
        {
            for (int i = 0; i < result.Length; i++)
                result[i] = fromTyped(typed[i]);
            return result;
        }

        ReadOnlySpan<TRaw> raw = MemoryMarshal.Cast<byte, TRaw>(Proto.RawData.Span);
        for (int i = 0; i < result.Length; i++)
            result[i] = fromRaw(raw[i]);
        return result;
    }

    private ModelFormatException Invalid(string problem) => new($"The tensor '{this}' {problem}.");

    /// <summary>Numbers as the bytes that they are.</summary>
    private sealed unsafe class FloatBytes(float[] values) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(values.AsSpan());

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            GCHandle handle = GCHandle.Alloc(values, GCHandleType.Pinned);
            return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex, handle);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
