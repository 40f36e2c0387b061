using System.Buffers.Binary;
using System.Text;

namespace AudioEmotionXai;

/// <summary>
/// Reads and writes NumPy's NPY files: inputs, labels and maps. Versions 1 to 3, either byte order, either axis order;
/// float16/32/64, int8 to int64, uint8 to uint64, booleans and text. Pickled objects are refused.
/// </summary>
/// <remarks>Format: NumPy enhancement proposal 1 and <c>numpy.lib.format</c>. A declared size is compared with the bytes that are there
/// before anything is allocated.</remarks>
public static class NpyFile
{
    private const int MaximumHeaderBytes = 1 << 20;

    // A text is an object, whatever its size in the file; texts of no size there, which nothing bounds, are few
    private const int MaximumTexts = 1 << 20, MaximumEmptyTexts = 1 << 10;

    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array of any numeric type as float32.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NpyFormatException">The file is damaged or holds no numbers.</exception>
    public static FloatTensor Read(string path) => ReadArray(path).ToTensor();

    /// <summary>Reads an array of whole numbers; its shape is not looked at.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NpyFormatException">The file is damaged or holds no whole numbers, or one does not fit.</exception>
    public static int[] ReadInt32(string path) => ReadArray(path).ToInt32s();

    /// <summary>Reads an array of whole numbers; its shape is not looked at.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NpyFormatException">The file is damaged or holds no whole numbers, or one does not fit.</exception>
    public static long[] ReadInt64(string path) => ReadArray(path).ToInt64s();

    /// <summary>Reads an array as it is.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NpyFormatException">The file is damaged or of a kind that is not read.</exception>
    internal static NpyArray ReadArray(string path)
    {
        InputFile.ThrowIfNoContent(path, message => new NpyFormatException(message));
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        NpyArray array = ReadArray(stream, path);
        if (stream.Position != stream.Length)
            throw new NpyFormatException(
                FormattableString.Invariant(
                    $"{path}: {stream.Length - stream.Position} bytes follow the array; expected the end of the file."));
        return array;
    }

    /// <summary>Reads an array from a stream, which is left behind its last byte.</summary>
    /// <param name="stream">Stands at the magic; need not be seekable.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="NpyFormatException">The stream is damaged or of a kind that is not read.</exception>
    internal static NpyArray ReadArray(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        NpyHeader header = NpyHeader.Parse(ReadHeader(stream, name), name);
        byte[] bytes = ReadValues(stream, header, name);
        NpyByteOrder.ToNative(bytes, header.Descriptor);
        if (header.FortranOrder)
            bytes = NpyAxisOrder.ToRowMajor(bytes, header.Shape, header.Descriptor.Bytes);
        return new NpyArray(name, header.Descriptor with { BigEndian = !BitConverter.IsLittleEndian }, header.Shape, bytes);
    }

    /// <summary>Writes float32 values; the file appears whole or not at all.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="tensor">The values and their shape.</param>
    public static void Write(string path, FloatTensor tensor) => Write(path, NpyArray.From(tensor));

    /// <summary>Writes an array; the file appears whole or not at all.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="array">The array.</param>
    internal static void Write(string path, NpyArray array) => AtomicFile.Write(path, stream => Write(stream, array));

    /// <summary>Writes an array in version 1.0, row-major.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="array">The array.</param>
    internal static void Write(Stream stream, NpyArray array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        stream.Write(new NpyHeader(array.Descriptor, false, array.Shape.ToArray()).ToBytes());
        stream.Write(array.Bytes);
    }

    /// <summary>Reads magic, version and length, and gives the dictionary's text; the stream is left before the values.</summary>
    /// <exception cref="NpyFormatException">The header is damaged or cut off.</exception>
    internal static string ReadHeader(Stream stream, string name)
    {
        byte[] start = Exactly(stream, 8, "magic and version", name);
        if (!start.AsSpan(0, 6).SequenceEqual(Magic))
            throw new NpyFormatException(
                $"{name}: not an NPY file: it begins with {Convert.ToHexString(start, 0, 6)}, expected 934E554D5059.");
        int version = start[6];
        if (version is < 1 or > 3)
            throw new NpyFormatException(FormattableString.Invariant($"{name}: NPY version {version}.{start[7]}; expected 1 to 3."));
        byte[] size = Exactly(stream, version == 1 ? 2 : 4, "length of the header", name);
        long length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MaximumHeaderBytes)
            throw new NpyFormatException(
                FormattableString.Invariant($"{name}: the NPY header declares {length} bytes; expected at most {MaximumHeaderBytes}."));
        byte[] text = Exactly(stream, length, "header", name);
        return (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text);
    }

    private static byte[] ReadValues(Stream stream, NpyHeader header, string name)
    {
        long count = header.Count;
        int mostTexts = header.Descriptor.Bytes == 0 ? MaximumEmptyTexts : MaximumTexts;
        if (header.Descriptor.Type == NpyElementType.Text && count > mostTexts)
            throw new NpyFormatException(
                FormattableString.Invariant(
                    $"{name}: the shape declares {count} texts of {header.Descriptor.Bytes} bytes; expected at most {mostTexts}."));
        long size = count < 0 ? -1 : count * header.Descriptor.Bytes;
        if (size < 0 || size > Array.MaxLength)
            throw new NpyFormatException(
                $"{name}: the shape {FloatTensor.Describe(header.Shape)} of {header.Descriptor} needs more than {Array.MaxLength} bytes.");
        return Exactly(stream, size, $"values of shape {FloatTensor.Describe(header.Shape)}, {header.Descriptor}", name);
    }

    private static byte[] Exactly(Stream stream, long count, string what, string name)
    {
        byte[] bytes = BoundedStream.ReadUpTo(stream, count);
        return bytes.Length == count
            ? bytes
            : throw new NpyFormatException(
                FormattableString.Invariant($"{name}: the file ends in the {what}: {bytes.Length} bytes are there, expected {count}."));
    }
}

/// <summary>An NPY or NPZ file is not what it says it is, or holds what was not asked for: the message names the file, the value found, and
/// what was expected.</summary>
public sealed class NpyFormatException : FormatException
{
    /// <summary>An error without a message.</summary>
    public NpyFormatException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">The file, the value found, and what was expected.</param>
    public NpyFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">The file, the value found, and what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public NpyFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Brings an array whose first axis runs fastest (Fortran) into row-major order.</summary>
internal static class NpyAxisOrder
{
    public static byte[] ToRowMajor(byte[] source, ReadOnlySpan<int> shape, int elementBytes)
    {
        if (shape.Length < 2 || source.Length == 0)
            return source;
        byte[] target = new byte[source.Length];
        Span<int> index = stackalloc int[shape.Length];
        index.Clear();
        for (int written = 0; written < target.Length; written += elementBytes)
        {
            source.AsSpan(Offset(index, shape) * elementBytes, elementBytes).CopyTo(target.AsSpan(written));
            Advance(index, shape);
        }

        return target;
    }

    private static int Offset(ReadOnlySpan<int> index, ReadOnlySpan<int> shape)
    {
        int offset = 0;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
            offset = (offset * shape[axis]) + index[axis];
        return offset;
    }

    private static void Advance(Span<int> index, ReadOnlySpan<int> shape)
    {
        for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
            index[axis] = 0;
    }
}

/// <summary>Turns the bytes of every element round where the file's order is not the machine's.</summary>
internal static class NpyByteOrder
{
    public static void ToNative(Span<byte> bytes, NpyDescriptor descriptor)
    {
        int unit = descriptor.Unit;
        if (unit == 1 || descriptor.BigEndian != BitConverter.IsLittleEndian)
            return;
        for (int i = 0; i < bytes.Length; i += unit)
            bytes.Slice(i, unit).Reverse();
    }
}
