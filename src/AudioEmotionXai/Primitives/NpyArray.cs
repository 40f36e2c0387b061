using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace AudioEmotionXai;

/// <summary>An array as an NPY file holds it: of any numeric type, booleans or text, in any shape. <see cref="NpyFile"/> and
/// <see cref="NpzFile"/> read and write it.</summary>
/// <remarks>Values are kept in row-major order and the machine's byte order whatever the file's were. NaN and infinities are
/// kept.</remarks>
internal sealed class NpyArray
{
    private readonly int[] _shape;
    private readonly byte[] _bytes;

    internal NpyArray(string name, NpyDescriptor descriptor, int[] shape, byte[] bytes)
    {
        Name = name;
        Descriptor = descriptor;
        _shape = shape;
        _bytes = bytes;
    }

    /// <summary>Where the array comes from, as messages name it.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public NpyElementType ElementType => Descriptor.Type;

    /// <summary>The axes' lengths, outermost first.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public int Count => Descriptor.Bytes == 0 ? CountOf(_shape) : _bytes.Length / Descriptor.Bytes;

    internal NpyDescriptor Descriptor { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>An array of float32.</summary>
    /// <param name="values">Row-major values, copied.</param>
    /// <param name="shape">The axes' lengths.</param>
    public static NpyArray From(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) => From(NpyElementType.Float32, values, shape);

    /// <summary>An array of float64.</summary>
    /// <param name="values">Row-major values, copied.</param>
    /// <param name="shape">The axes' lengths.</param>
    public static NpyArray From(ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) => From(NpyElementType.Float64, values, shape);

    /// <summary>An array of int32.</summary>
    /// <param name="values">Row-major values, copied.</param>
    /// <param name="shape">The axes' lengths.</param>
    public static NpyArray From(ReadOnlySpan<int> values, params ReadOnlySpan<int> shape) => From(NpyElementType.Int32, values, shape);

    /// <summary>An array of int64.</summary>
    /// <param name="values">Row-major values, copied.</param>
    /// <param name="shape">The axes' lengths.</param>
    public static NpyArray From(ReadOnlySpan<long> values, params ReadOnlySpan<int> shape) => From(NpyElementType.Int64, values, shape);

    /// <summary>An array of booleans.</summary>
    /// <param name="values">Row-major values, copied.</param>
    /// <param name="shape">The axes' lengths.</param>
    public static NpyArray From(ReadOnlySpan<bool> values, params ReadOnlySpan<int> shape) => From(NpyElementType.Boolean, values, shape);

    /// <summary>An array of float32.</summary>
    /// <param name="tensor">The values and their shape, copied.</param>
    public static NpyArray From(FloatTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return From((ReadOnlySpan<float>)tensor.Span, tensor.Shape);
    }

    /// <summary>A one-dimensional array of text.</summary>
    /// <param name="values">The texts; the longest gives the element's size.</param>
    public static NpyArray From(IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        byte[][] encoded = [.. values.Select(Encoding.UTF32.GetBytes)];
        int size = encoded.Length == 0 ? 4 : Math.Max(4, encoded.Max(bytes => bytes.Length));
        byte[] all = new byte[size * encoded.Length];
        for (int i = 0; i < encoded.Length; i++)
            encoded[i].CopyTo(all, i * size);
        return new NpyArray("array", NpyDescriptor.OfText(size / 4), [encoded.Length], all);
    }

    /// <summary>The values as float32; larger types are rounded, integers converted, booleans 0 or 1.</summary>
    /// <exception cref="NpyFormatException">The array holds text.</exception>
    public float[] ToFloats() => Convert<float>();

    /// <summary>The values as float64; integers are converted, booleans 0 or 1.</summary>
    /// <exception cref="NpyFormatException">The array holds text.</exception>
    public double[] ToDoubles() => Convert<double>();

    /// <summary>The values as int64.</summary>
    /// <exception cref="NpyFormatException">The array holds text or fractions, or a value does not fit.</exception>
    public long[] ToInt64s() => Whole(Convert<long>);

    /// <summary>The values as int32.</summary>
    /// <exception cref="NpyFormatException">The array holds text or fractions, or a value does not fit.</exception>
    public int[] ToInt32s() => Whole(Convert<int>);

    /// <summary>The values as booleans: anything but 0 is true.</summary>
    /// <exception cref="NpyFormatException">The array holds text.</exception>
    public bool[] ToBooleans() => Array.ConvertAll(ToDoubles(), value => value != 0);

    /// <summary>The texts, without the zeros that fill them up.</summary>
    /// <exception cref="NpyFormatException">The array holds numbers.</exception>
    public string[] ToStrings()
    {
        if (ElementType != NpyElementType.Text)
            throw Wrong("text");
        string[] values = new string[Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = Encoding.UTF32.GetString(_bytes, i * Descriptor.Bytes, Descriptor.Bytes).TrimEnd('\0');
        return values;
    }

    /// <summary>The values as a float32 tensor of the same shape.</summary>
    /// <exception cref="NpyFormatException">The array holds text.</exception>
    public FloatTensor ToTensor() => new(ToFloats(), _shape);

    private static NpyArray From<T>(NpyElementType type, ReadOnlySpan<T> values, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        NpyHeader header = new(NpyDescriptor.Of(type), false, shape.ToArray());
        if (header.Count != values.Length)
            throw new ArgumentException($"The shape {FloatTensor.Describe(shape)} does not hold {values.Length} values.", nameof(shape));
        return new NpyArray("array", header.Descriptor, header.Shape, MemoryMarshal.AsBytes(values).ToArray());
    }

    private static int CountOf(int[] shape)
    {
        int count = 1;
        foreach (int length in shape)
            count *= length;
        return count;
    }

    private T[] Whole<T>(Func<T[]> convert)
    {
        if (ElementType is NpyElementType.Float16 or NpyElementType.Float32 or NpyElementType.Float64)
            throw Wrong("whole numbers");
        try
        {
            return convert();
        }
        catch (OverflowException overflow)
        {
            throw new NpyFormatException($"{Name}: a value of the array of {Descriptor} does not fit {typeof(T).Name}.", overflow);
        }
    }

    private T[] Convert<T>()
        where T : unmanaged, System.Numerics.INumberBase<T> => ElementType switch
        {
            NpyElementType.Boolean => ConvertFrom<byte, T>(),
            NpyElementType.Int8 => ConvertFrom<sbyte, T>(),
            NpyElementType.Int16 => ConvertFrom<short, T>(),
            NpyElementType.Int32 => ConvertFrom<int, T>(),
            NpyElementType.Int64 => ConvertFrom<long, T>(),
            NpyElementType.UInt8 => ConvertFrom<byte, T>(),
            NpyElementType.UInt16 => ConvertFrom<ushort, T>(),
            NpyElementType.UInt32 => ConvertFrom<uint, T>(),
            NpyElementType.UInt64 => ConvertFrom<ulong, T>(),
            NpyElementType.Float16 => ConvertFrom<Half, T>(),
            NpyElementType.Float32 => ConvertFrom<float, T>(),
            NpyElementType.Float64 => ConvertFrom<double, T>(),
            _ => throw Wrong("numbers"),
        };

    private TTo[] ConvertFrom<TFrom, TTo>()
        where TFrom : unmanaged, System.Numerics.INumberBase<TFrom>
        where TTo : unmanaged, System.Numerics.INumberBase<TTo>
    {
        ReadOnlySpan<TFrom> source = MemoryMarshal.Cast<byte, TFrom>(_bytes);
        TTo[] values = new TTo[source.Length];
        TensorPrimitives.ConvertChecked<TFrom, TTo>(source, values);
        return values;
    }

    private NpyFormatException Wrong(string expected) =>
        new($"{Name}: the array holds {Descriptor} {FloatTensor.Describe(_shape)}; expected {expected}.");
}
