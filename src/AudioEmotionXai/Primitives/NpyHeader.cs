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

/// <summary>One element of an NPY array: its type, its bytes, and whether they stand in big-endian order. <c>&lt;f4</c> in NumPy's
/// notation.</summary>
internal readonly record struct NpyDescriptor(NpyElementType Type, int Bytes, bool BigEndian)
{
    private const int MaximumTextCharacters = 1 << 20;

    /// <summary>The bytes that are turned round where the order differs: a character of a text, the whole of a number.</summary>
    public int Unit => Type == NpyElementType.Text ? 4 : Bytes;

    public static NpyDescriptor Of(NpyElementType type) => new(type, BytesOf(type), false);

    public static NpyDescriptor OfText(int characters) => new(NpyElementType.Text, characters * 4, false);

    /// <summary>Reads NumPy's notation; null where it is not one of the kinds that are read here.</summary>
    public static NpyDescriptor? TryParse(string text)
    {
        if (text.Length < 2)
            return null;
        bool big = text[0] == '>';
        string kind = text[0] is '<' or '>' or '|' or '=' ? text[1..] : text;
        if (kind.Length > 1 && kind[0] == 'U')
            return TryParseText(kind, big);
        foreach (NpyElementType type in Enum.GetValues<NpyElementType>())
            if (type != NpyElementType.Text && kind == Name(type))
                return new NpyDescriptor(type, BytesOf(type), big);
        return null;
    }

    /// <summary>NumPy's notation.</summary>
    public override string ToString() => Type switch
    {
        NpyElementType.Text => $"{Order}U{(Bytes / 4).ToString(CultureInfo.InvariantCulture)}",
        _ => (Bytes == 1 ? "|" : Order) + Name(Type),
    };

    private string Order => BigEndian ? ">" : "<";

    private static NpyDescriptor? TryParseText(string kind, bool big) =>
        int.TryParse(kind.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int characters)
        && characters <= MaximumTextCharacters
            ? new NpyDescriptor(NpyElementType.Text, characters * 4, big)
            : null;

    private static int BytesOf(NpyElementType type) => Name(type)[1] - '0';

    private static string Name(NpyElementType type) => type switch
    {
        NpyElementType.Boolean => "b1",
        NpyElementType.Int8 => "i1",
        NpyElementType.Int16 => "i2",
        NpyElementType.Int32 => "i4",
        NpyElementType.Int64 => "i8",
        NpyElementType.UInt8 => "u1",
        NpyElementType.UInt16 => "u2",
        NpyElementType.UInt32 => "u4",
        NpyElementType.UInt64 => "u8",
        NpyElementType.Float16 => "f2",
        NpyElementType.Float32 => "f4",
        NpyElementType.Float64 => "f8",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Text has no fixed size."),
    };
}

/// <summary>What an <see cref="NpyArray"/> holds.</summary>
internal enum NpyElementType
{
    /// <summary>True or false, one byte each (b1).</summary>
    Boolean,

    /// <summary>Signed, 8 bits (i1).</summary>
    Int8,

    /// <summary>Signed, 16 bits (i2).</summary>
    Int16,

    /// <summary>Signed, 32 bits (i4).</summary>
    Int32,

    /// <summary>Signed, 64 bits (i8).</summary>
    Int64,

    /// <summary>Unsigned, 8 bits (u1).</summary>
    UInt8,

    /// <summary>Unsigned, 16 bits (u2).</summary>
    UInt16,

    /// <summary>Unsigned, 32 bits (u4).</summary>
    UInt32,

    /// <summary>Unsigned, 64 bits (u8).</summary>
    UInt64,

    /// <summary>Floating point, 16 bits (f2).</summary>
    Float16,

    /// <summary>Floating point, 32 bits (f4).</summary>
    Float32,

    /// <summary>Floating point, 64 bits (f8).</summary>
    Float64,

    /// <summary>Unicode text of a fixed number of characters, four bytes each (U).</summary>
    Text,
}

/// <summary>Reads the flat Python dictionary of an NPY header: quoted keys; values that are quoted, a word, or in brackets. Nothing is
/// evaluated.</summary>
internal sealed class PythonDictionaryReader(string text, string name)
{
    private int _position;

    /// <summary>The entries; quotes are taken off, brackets are kept.</summary>
    public Dictionary<string, string> Read()
    {
        Dictionary<string, string> entries = new(StringComparer.Ordinal);
        Expect('{');
        while (Peek() != '}')
        {
            string key = Quoted();
            Expect(':');
            entries[key] = Value();
            if (Peek() == ',')
                _position++;
            else if (Peek() != '}')
                throw Wrong("a comma or '}'");
        }

        return entries;
    }

    private string Value() => Peek() switch
    {
        '\'' or '"' => Quoted(),
        '(' or '[' => Bracketed(),
        _ => Word(),
    };

    private string Quoted()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
            throw Wrong("a quoted text");
        int end = text.IndexOf(quote, _position + 1);
        if (end < 0)
            throw Wrong("a closing quote");
        string value = text[(_position + 1)..end];
        _position = end + 1;
        return value;
    }

    private string Bracketed()
    {
        int start = _position;
        int depth = 0;
        for (; _position < text.Length; _position++)
        {
            depth += text[_position] is '(' or '[' ? 1 : text[_position] is ')' or ']' ? -1 : 0;
            if (depth == 0)
                return text[start..++_position];
        }

        throw Wrong("a closing bracket");
    }

    private string Word()
    {
        int start = _position;
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] is '_' or '.' or '-'))
            _position++;
        return _position > start ? text[start.._position] : throw Wrong("a value");
    }

    private char Peek()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
        return _position < text.Length ? text[_position] : '\0';
    }

    private void Expect(char character)
    {
        if (Peek() != character)
            throw Wrong($"'{character}'");
        _position++;
    }

    private NpyFormatException Wrong(string expected) =>
        new(
            FormattableString.Invariant(
                $"{name}: the NPY header is not a Python dictionary: at character {_position}, expected {expected}."));
}
