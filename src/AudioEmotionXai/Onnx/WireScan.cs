namespace AudioEmotionXai;

/// <summary>
/// Counts, before anything is built, what a protobuf file would become: a message of two bytes becomes an object of a hundred and more, so
/// that a flood of empty ones fills the memory from a small file.
/// </summary>
/// <remarks>Follows the messages of a model by their field numbers, and skips data. What it cannot follow the parser refuses.</remarks>
internal ref struct WireScan
{
    // The largest exports that are known have some ten thousand nodes of a dozen parts each
    private const int MostMessages = 1 << 19, MostFields = 1 << 22;

    private const int Deepest = 100;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private int _messages;
    private int _fields;

    private WireScan(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    private enum Kind
    {
        Other,
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        SparseTensor,
        ValueInfo,
        Type,
        TensorType,
        Shape,
        Function,
        Entry,
    }

    private readonly bool IsFlood => _messages > MostMessages || _fields > MostFields;

    /// <exception cref="ModelFormatException">There are more messages or fields than any model has.</exception>
    public static void ThrowIfFlood(ReadOnlySpan<byte> bytes, string name)
    {
        WireScan scan = new(bytes);
        scan.Message(Kind.Model, bytes.Length, 0);
        if (scan.IsFlood)
            throw new ModelFormatException(
                FormattableString.Invariant(
                    $"{name}: holds more than {MostMessages} messages or {MostFields} fields: more than any model has."));
    }

    /// <returns>Whether the message could be followed to its end.</returns>
    private bool Message(Kind kind, int end, int depth)
    {
        while (_position < end && !IsFlood)
        {
            if (!TryVarint(end, out ulong tag) || !Field(kind, (int)(tag >> 3), (int)(tag & 7), end, depth))
                return false;
        }

        return !IsFlood;
    }

    private bool Field(Kind kind, int number, int wire, int end, int depth)
    {
        switch (wire)
        {
            case 0:
                return TryVarint(end, out _);
            case 1:
                return TrySkip(sizeof(ulong), end);
            case 5:
                return TrySkip(sizeof(uint), end);
            case 3:
                _messages++;
                return true;
            case 4:
                return true;
            case 2 when TryVarint(end, out ulong length) && length <= (ulong)(end - _position):
                _fields++;
                Kind inner = KindOf(kind, number);
                if (inner == Kind.Other)
                    return TrySkip((int)length, end);
                _messages++;
                return depth < Deepest && Message(inner, _position + (int)length, depth + 1);
            default:
                return false;
        }
    }

    private bool TrySkip(int count, int end)
    {
        if (count > end - _position)
            return false;
        _position += count;
        return true;
    }

    private bool TryVarint(int end, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70 && _position < end; shift += 7)
        {
            byte next = _bytes[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }

        return false;
    }

    private static Kind KindOf(Kind outer, int number) => (outer, number) switch
    {
        (Kind.Model, 7) or (Kind.Attribute, 6 or 11) => Kind.Graph,
        (Kind.Model, 25) => Kind.Function,
        (Kind.Model, 8 or 14) or (Kind.Function, 9) or (Kind.Tensor, 13) => Kind.Entry,
        (Kind.Graph, 1) or (Kind.Function, 7) => Kind.Node,
        (Kind.Graph, 5) or (Kind.Attribute, 5 or 10) or (Kind.SparseTensor, 1 or 2) => Kind.Tensor,
        (Kind.Graph, 15) or (Kind.Attribute, 22 or 23) => Kind.SparseTensor,
        (Kind.Graph, 11 or 12 or 13) => Kind.ValueInfo,
        (Kind.Node, 5) => Kind.Attribute,
        (Kind.ValueInfo, 2) => Kind.Type,
        (Kind.Type, 1) => Kind.TensorType,
        (Kind.TensorType, 2) => Kind.Shape,
        (Kind.Shape, 1) => Kind.Entry,
        _ => Kind.Other,
    };
}
