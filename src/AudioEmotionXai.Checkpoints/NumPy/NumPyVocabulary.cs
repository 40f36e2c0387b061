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
