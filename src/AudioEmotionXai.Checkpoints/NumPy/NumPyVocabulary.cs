using System.Text;

namespace AudioEmotionXai.Checkpoints;

/// <summary>The names that <c>numpy.save</c> uses for an array of objects: arrays, dtypes and scalars, under NumPy 1's and 2's module
/// names.</summary>
internal sealed class NumPyVocabulary : PickleVocabulary
{
    // Scalars may share one long text: what is made of them together is bounded
    private const long MostDecodedBytes = 16 << 20;
    private long _decodedBytes;

    public override string Purpose => "a label mapping";

    public override bool Knows(PickleGlobal global) => global.FullName is "numpy.ndarray" or "numpy.dtype" or "_codecs.encode"
        || IsMultiarray(global, "_reconstruct") || IsMultiarray(global, "scalar");

    public override object? Call(PickleGlobal callable, PickleTuple arguments)
    {
        if (IsMultiarray(callable, "_reconstruct"))
            return Reconstruct(arguments);
        if (IsMultiarray(callable, "scalar"))
            return Scalar(arguments);
        return callable.FullName switch
        {
            "numpy.dtype" => DataType(arguments),
            "_codecs.encode" => Encode(arguments),
            _ => throw new PickleRefusedException($"calls '{callable}', which is a type here, not a function"),
        };
    }

    public override void SetState(object? target, object? state)
    {
        switch (target, state)
        {
            case (NumPyType type, PickleTuple tuple): type.SetState(tuple); break;
            case (NumPyObjectArray array, PickleTuple tuple): SetArray(array, tuple); break;
            default: throw new PickleRefusedException("sets a state on something that is neither an array nor a dtype");
        }
    }

    private static bool IsMultiarray(PickleGlobal global, string name) =>
        global.Name == name && (global.Module is "numpy.core.multiarray" or "numpy._core.multiarray");

    private static NumPyObjectArray Reconstruct(PickleTuple arguments) =>
        arguments.Items is [PickleGlobal { FullName: "numpy.ndarray" }, ..]
            ? new NumPyObjectArray()
            : throw new PickleRefusedException("reconstructs something that is not a numpy.ndarray");

    private static NumPyType DataType(PickleTuple arguments) =>
        arguments.Items is [string code, ..]
            ? new NumPyType(code)
            : throw new PickleRefusedException("makes a dtype of something that is not its code");

    private object? Scalar(PickleTuple arguments) => arguments.Items switch
    {
        [NumPyType { IsObject: false } type, byte[] bytes] => type.Decode(Counted(bytes)),
        [NumPyType { IsObject: true }, var value] => value,
        _ => throw new PickleRefusedException("makes a scalar of something that is not (dtype, bytes)"),
    };

    /// <summary>Protocol 2 has no bytes: they travel as a text of which every character is one byte.</summary>
    private byte[] Encode(PickleTuple arguments)
    {
        if (arguments.Items is not [string text, "latin1"] || text.Any(character => character > byte.MaxValue))
            throw new PickleRefusedException("encodes something that is not bytes written as latin1");
        Count(text.Length);
        return [.. text.Select(character => (byte)character)];
    }

    private byte[] Counted(byte[] bytes)
    {
        Count(bytes.Length);
        return bytes;
    }

    private void Count(int bytes)
    {
        _decodedBytes += bytes;
        if (_decodedBytes > MostDecodedBytes)
            throw new PickleRefusedException($"decodes more than {MostDecodedBytes} bytes of scalars");
    }

    private static void SetArray(NumPyObjectArray array, PickleTuple state)
    {
        if (state.Items is not [long, PickleTuple, NumPyType { IsObject: true }, bool, List<object?> items])
            throw new PickleRefusedException("sets an array's state that is not (version, shape, object dtype, order, list)");
        array.Items = items;
    }
}

/// <summary>A pickled NumPy array of Python objects.</summary>
internal sealed class NumPyObjectArray
{
    /// <summary>The elements in the array's order.</summary>
    public IReadOnlyList<object?> Items { get; set; } = [];
}

/// <summary>Reads an .npy file that holds Python objects, such as the dictionary of a label mapping.</summary>
internal static class NumPyObjectFile
{
    /// <summary>The array's elements.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="ModelFormatException">The file is not an .npy of objects, is cut off, or its pickle is refused.</exception>
    public static IReadOnlyList<object?> Read(byte[] bytes, string path)
    {
        if (TextOf(bytes, path) is { } text)
            return text;
        ReadOnlyMemory<byte> pickle = AfterHeader(bytes, path);
        return PickleReader.Read(pickle, path, new NumPyVocabulary()) is NumPyObjectArray array
            ? array.Items
            : throw new ModelFormatException($"{path}: the pickle holds no NumPy array.");
    }

    /// <summary>An array of texts, as NumPy stores names that no dictionary holds; null where it is something else.</summary>
    private static string[]? TextOf(byte[] bytes, string path)
    {
        try
        {
            using MemoryStream header = new(bytes), array = new(bytes);
            return NpyFile.ReadHeader(header, path).Contains("'descr': '<U", StringComparison.Ordinal)
                ? NpyFile.ReadArray(array, path).ToStrings()
                : null;
        }
        catch (NpyFormatException failure)
        {
            throw new ModelFormatException(failure.Message, failure);
        }
    }

    private static ReadOnlyMemory<byte> AfterHeader(byte[] bytes, string path)
    {
        using MemoryStream stream = new(bytes);
        string header;
        try
        {
            header = NpyFile.ReadHeader(stream, path);
        }
        catch (NpyFormatException failure)
        {
            throw new ModelFormatException(failure.Message, failure);
        }

        if (!header.Contains("'descr': '|O'", StringComparison.Ordinal))
            throw new ModelFormatException(
                $"{path}: holds numbers or text; a pickled dictionary ('descr': '|O') was expected. Its header: {header.Trim()}");
        return bytes.AsMemory((int)stream.Position);
    }
}

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
