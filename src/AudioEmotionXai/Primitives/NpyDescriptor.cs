using System.Globalization;

namespace AudioEmotionXai;

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
