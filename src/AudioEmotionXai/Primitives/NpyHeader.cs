using System.Globalization;
using System.Text;

namespace AudioEmotionXai;

/// <summary>The dictionary at the head of an NPY file: element type, order of the axes, shape.</summary>
internal sealed record NpyHeader(NpyDescriptor Descriptor, bool FortranOrder, int[] Shape)
{
    private const int Alignment = 64;

    /// <summary>The number of elements; -1 where an array cannot hold as many bytes.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (int length in Shape)
            {
                count *= length;
                if (count > Array.MaxLength)
                    return -1;
            }

            return count;
        }
    }

    /// <summary>Reads the dictionary's text.</summary>
    /// <param name="text">As it stands in the file.</param>
    /// <param name="name">The file's name, for messages.</param>
    public static NpyHeader Parse(string text, string name)
    {
        Dictionary<string, string> entries = new PythonDictionaryReader(text, name).Read();
        string descr = Entry(entries, "descr", name);
        return new NpyHeader(
            ParseDescriptor(descr, name), ParseOrder(Entry(entries, "fortran_order", name), name),
            ParseShape(Entry(entries, "shape", name), name));
    }

    /// <summary>The first bytes of a file: magic, version, length, dictionary, filled with spaces to a multiple of 64.</summary>
    public byte[] ToBytes()
    {
        string shape = Shape.Length == 1
            ? FormattableString.Invariant($"({Shape[0]},)")
            : FloatTensor.Describe(Shape);
        string text = $"{{'descr': '{Descriptor}', 'fortran_order': False, 'shape': {shape}, }}";
        int total = (10 + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[total];
        bytes.AsSpan().Fill((byte)' ');
        NpyFile.Magic.CopyTo(bytes);
        bytes[6] = 1;
        bytes[7] = 0;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(total - 10));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(10));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static string Entry(Dictionary<string, string> entries, string key, string name) =>
        entries.TryGetValue(key, out string? value) ? value : throw new NpyFormatException($"{name}: the NPY header has no '{key}'.");

    private static NpyDescriptor ParseDescriptor(string descr, string name)
    {
        if (descr.EndsWith('O') && descr.Length == 2)
            throw new NpyFormatException(
                $"{name}: the array holds pickled Python objects ('{descr}'), which are never loaded; expected numbers, booleans or text.");
        return NpyDescriptor.TryParse(descr)
            ?? throw new NpyFormatException(
                $"{name}: the element type '{descr}' is not read; expected b1, i1 to i8, u1 to u8, f2, f4, f8 or U.");
    }

    private static bool ParseOrder(string value, string name) => value switch
    {
        "True" => true,
        "False" => false,
        _ => throw new NpyFormatException($"{name}: 'fortran_order' is '{value}'; expected True or False."),
    };

    private static int[] ParseShape(string value, string name)
    {
        if (!value.StartsWith('(') || !value.EndsWith(')'))
            throw new NpyFormatException($"{name}: 'shape' is '{value}'; expected a tuple.");
        string inner = value[1..^1].Trim();
        if (inner.Length == 0)
            return [];
        string[] parts = (inner.EndsWith(',') ? inner[..^1] : inner).Split(',');
        if (parts.Length > 32)
            throw new NpyFormatException($"{name}: the shape has {parts.Length} axes; expected at most 32.");
        return Array.ConvertAll(parts, part => ParseLength(part, value, name));
    }

    private static int ParseLength(string part, string shape, string name) =>
        int.TryParse(part.Trim().TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? length
            : throw new NpyFormatException(
                $"{name}: the shape {shape} has an axis '{part.Trim()}'; expected a whole number from 0 to {int.MaxValue}.");
}
