using System.Text;

namespace AudioEmotionXai.Checkpoints;

/// <summary>A pickled NumPy dtype: its code, such as <c>i8</c> or <c>U9</c>, and, once its state is set, its byte order.</summary>
internal sealed class NumPyType(string code)
{
    public string Code => code;

    public bool IsObject => code.StartsWith('O');

    private bool BigEndian { get; set; }

    /// <summary>Takes the byte order from the dtype's pickled state, (version, order, …).</summary>
    public void SetState(PickleTuple state)
    {
        if (state.Items is not [long, string order, ..])
            throw new PickleRefusedException("sets a dtype's state that is not (version, byte order, …)");
        BigEndian = order == ">";
    }

    /// <summary>The text or whole number that the bytes of one element stand for.</summary>
    public object Decode(byte[] bytes) =>
        code switch
        {
            ['U', ..] when bytes.Length % 4 == 0 => new UTF32Encoding(BigEndian, false).GetString(bytes).TrimEnd('\0'),
            "i1" or "i2" or "i4" or "i8" when bytes.Length == code[1] - '0' => Integer(bytes, signed: true),
            "u1" or "u2" or "u4" when bytes.Length == code[1] - '0' => Integer(bytes, signed: false),
            _ => throw new PickleRefusedException(
                $"holds a NumPy scalar of type '{code}' in {bytes.Length} bytes; a text or a whole number was expected"),
        };

    private long Integer(byte[] bytes, bool signed)
    {
        byte[] bigEndian = BigEndian ? bytes : [.. bytes.Reverse()];
        long value = signed && (bigEndian[0] & 0x80) != 0 ? -1 : 0;
        foreach (byte next in bigEndian)
            value = (value << 8) | next;
        return value;
    }
}
