using System.Buffers.Binary;
using System.Text;

namespace AudioEmotionXai.TestKit;

/// <summary>Writes pickles by hand, well-formed and hostile ones, in the instructions that Python itself would use.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    public PickleWriter(byte protocol = 2)
    {
        Op(0x80).Op(protocol);
    }

    public static byte[] Write(Action<PickleWriter> content, byte protocol = 2)
    {
        PickleWriter writer = new(protocol);
        content(writer);
        return writer.Op((byte)'.').ToArray();
    }

    public byte[] ToArray() => [.. _bytes];

    public PickleWriter Op(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    public PickleWriter Op(char value) => Op((byte)value);

    public PickleWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Global(string module, string name) => Op('c').Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleWriter StackGlobal(string module, string name) => Text(module).Text(name).Op(0x93);

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Op('X').UInt32((uint)utf8.Length).Raw(utf8);
    }

    public PickleWriter Int(long value)
    {
        if (value is >= 0 and < 256)
            return Op('K').Op((byte)value);
        if (value is >= int.MinValue and <= int.MaxValue)
            return Op('J').UInt32((uint)(int)value);
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Op(0x8a).Op(8).Raw(bytes);
    }

    public PickleWriter Bool(bool value) => Op(value ? (byte)0x88 : (byte)0x89);

    public PickleWriter Tuple(params IEnumerable<long> values)
    {
        Op('(');
        foreach (long value in values)
            Int(value);
        return Op('t');
    }

    public PickleWriter UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public PickleWriter UInt64(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Raw(bytes);
    }
}
