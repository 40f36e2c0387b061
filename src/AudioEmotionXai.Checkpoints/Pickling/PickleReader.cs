using System.Globalization;

namespace AudioEmotionXai.Checkpoints;

/// <summary>
/// Reads a Python pickle (protocols 2 to 5) as plain data. Nothing in the file is ever executed: names outside the
/// vocabulary are refused by name, instructions outside those that <c>torch.save</c> and <c>numpy.save</c> write are
/// refused by byte, and memo, stack, nesting and lengths are bounded.
/// </summary>
internal sealed class PickleReader
{
    private const int LargestPickle = 64 << 20;
    private const int LargestMemo = 1 << 20;
    private const int HighestProtocol = 5;
    private readonly PickleCursor _cursor;
    private readonly PickleVocabulary _vocabulary;
    private readonly PickleStack _stack = new();
    private readonly Dictionary<uint, object?> _memo = [];

    private PickleReader(ReadOnlyMemory<byte> bytes, PickleVocabulary vocabulary)
    {
        _cursor = new PickleCursor(bytes);
        _vocabulary = vocabulary;
    }

    /// <summary>The value that the pickle describes.</summary>
    /// <param name="bytes">The pickle; what follows its STOP is ignored.</param>
    /// <param name="source">File and entry, for messages.</param>
    /// <param name="vocabulary">The names that the pickle may use.</param>
    /// <exception cref="ModelFormatException">The pickle is truncated, malformed, or names something it may not; the message names
    /// <paramref name="source"/> and the byte.</exception>
    public static object? Read(ReadOnlyMemory<byte> bytes, string source, PickleVocabulary vocabulary)
    {
        if (bytes.Length > LargestPickle)
            throw new ModelFormatException($"{source}: the pickle has {bytes.Length} bytes; at most {LargestPickle} are read.");
        PickleReader reader = new(bytes, vocabulary);
        int instruction = 0;
        try
        {
            while (true)
            {
                instruction = reader._cursor.Position;
                PickleOpcode opcode = reader.NextOpcode();
                if (opcode == PickleOpcode.Stop)
                    return reader._stack.Pop();
                reader.Execute(opcode);
            }
        }
        catch (PickleRefusedException refusal)
        {
            string place = instruction.ToString(CultureInfo.InvariantCulture);
            throw new ModelFormatException(
                $"{source}: the pickle's instruction at byte {place} {refusal.Message}. Nothing in the file was executed.");
        }
    }

    private PickleOpcode NextOpcode() =>
        _cursor.Remaining > 0
            ? (PickleOpcode)_cursor.ReadByte()
            : throw new PickleRefusedException("is missing: the pickle ends without STOP");

    private void Execute(PickleOpcode opcode)
    {
        bool done = ExecuteStructure(opcode) || ExecuteScalar(opcode) || ExecuteText(opcode) || ExecuteTuple(opcode)
            || ExecuteCollection(opcode) || ExecuteMemo(opcode) || ExecuteReference(opcode);
        if (!done)
            throw new PickleRefusedException($"is 0x{(byte)opcode:x2}, which {_vocabulary.Purpose} is not written with");
    }

    private bool ExecuteStructure(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol: CheckProtocol(_cursor.ReadByte()); return true;
            case PickleOpcode.Frame: CheckFrame(_cursor.ReadUInt64()); return true;
            case PickleOpcode.Mark: _stack.PushMark(); return true;
            case PickleOpcode.Pop: _stack.Pop(); return true;
            case PickleOpcode.PopMark: _stack.PopToMark(); return true;
            case PickleOpcode.Duplicate: _stack.Push(_stack.Top); return true;
            default: return false;
        }
    }

    private bool ExecuteScalar(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.None: _stack.Push(null); return true;
            case PickleOpcode.NewTrue: _stack.Push(true); return true;
            case PickleOpcode.NewFalse: _stack.Push(false); return true;
            case PickleOpcode.BinInt: _stack.Push((long)_cursor.ReadInt32()); return true;
            case PickleOpcode.BinInt1: _stack.Push((long)_cursor.ReadByte()); return true;
            case PickleOpcode.BinInt2: _stack.Push((long)_cursor.ReadUInt16()); return true;
            case PickleOpcode.Long1: _stack.Push(_cursor.ReadLong(_cursor.ReadByte())); return true;
            case PickleOpcode.BinFloat: _stack.Push(_cursor.ReadBigEndianDouble()); return true;
            default: return false;
        }
    }

    private bool ExecuteText(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.ShortBinUnicode: _stack.Push(_cursor.ReadUtf8(_cursor.ReadByte())); return true;
            case PickleOpcode.BinUnicode: _stack.Push(_cursor.ReadUtf8(_cursor.ReadUInt32())); return true;
            case PickleOpcode.BinUnicode8: _stack.Push(_cursor.ReadUtf8(_cursor.ReadUInt64())); return true;
            case PickleOpcode.ShortBinBytes: _stack.Push(_cursor.ReadBytes(_cursor.ReadByte())); return true;
            case PickleOpcode.BinBytes: _stack.Push(_cursor.ReadBytes(_cursor.ReadUInt32())); return true;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8: _stack.Push(_cursor.ReadBytes(_cursor.ReadUInt64())); return true;
            default: return false;
        }
    }

    private bool ExecuteTuple(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EmptyTuple: _stack.Push(PickleTuple.Empty); return true;
            case PickleOpcode.Tuple1: _stack.Push(new PickleTuple(_stack.Pop(1))); return true;
            case PickleOpcode.Tuple2: _stack.Push(new PickleTuple(_stack.Pop(2))); return true;
            case PickleOpcode.Tuple3: _stack.Push(new PickleTuple(_stack.Pop(3))); return true;
            case PickleOpcode.Tuple: _stack.Push(new PickleTuple(_stack.PopToMark())); return true;
            default: return false;
        }
    }

    private bool ExecuteCollection(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EmptyList: _stack.Push(new List<object?>()); return true;
            case PickleOpcode.EmptyDictionary: _stack.Push(new PickleDictionary()); return true;
            case PickleOpcode.Append: AppendToList(_stack.Pop(1)); return true;
            case PickleOpcode.Appends: AppendToList(_stack.PopToMark()); return true;
            case PickleOpcode.SetItem: AddToDictionary(_stack.Pop(2)); return true;
            case PickleOpcode.SetItems: AddToDictionary(_stack.PopToMark()); return true;
            default: return false;
        }
    }

    private bool ExecuteMemo(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.BinPut: Remember(_cursor.ReadByte()); return true;
            case PickleOpcode.LongBinPut: Remember(_cursor.ReadUInt32()); return true;
            case PickleOpcode.Memoize: Remember((uint)_memo.Count); return true;
            case PickleOpcode.BinGet: Recall(_cursor.ReadByte()); return true;
            case PickleOpcode.LongBinGet: Recall(_cursor.ReadUInt32()); return true;
            default: return false;
        }
    }

    private bool ExecuteReference(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global: PushGlobal(_cursor.ReadLine(), _cursor.ReadLine()); return true;
            case PickleOpcode.StackGlobal: PushGlobalFromStack(); return true;
            case PickleOpcode.Instance: RefuseInstance(_cursor.ReadLine(), _cursor.ReadLine()); return true;
            case PickleOpcode.NewObject: RefuseNewObject(); return true;
            case PickleOpcode.Reduce: Reduce(); return true;
            case PickleOpcode.BinPersistentId: _stack.Push(_vocabulary.Resolve(_stack.Pop())); return true;
            case PickleOpcode.Build: Build(); return true;
            default: return false;
        }
    }

    private static void CheckProtocol(byte protocol)
    {
        if (protocol > HighestProtocol)
            throw new PickleRefusedException($"announces protocol {protocol}; 2 to {HighestProtocol} are read");
    }

    private void CheckFrame(ulong length)
    {
        if (length > (ulong)_cursor.Remaining)
            throw new PickleRefusedException($"opens a frame of {length} bytes where {_cursor.Remaining} are left");
    }

    private void AppendToList(object?[] items)
    {
        if (_stack.Top is not List<object?> list)
            throw new PickleRefusedException("appends to something that is not a list");
        list.AddRange(items);
    }

    private void AddToDictionary(object?[] items)
    {
        if (_stack.Top is not PickleDictionary dictionary)
            throw new PickleRefusedException("sets items of something that is not a dictionary");
        if (items.Length % 2 != 0)
            throw new PickleRefusedException("sets a key without a value");
        for (int i = 0; i < items.Length; i += 2)
            dictionary.Add(items[i], items[i + 1]);
    }

    private void Remember(uint index)
    {
        if (_memo.Count == LargestMemo)
            throw new PickleRefusedException($"remembers more than {LargestMemo} values");
        _memo[index] = _stack.Top;
    }

    private void Recall(uint index)
    {
        if (!_memo.TryGetValue(index, out object? value))
            throw new PickleRefusedException($"recalls the value {index}, which was never remembered");
        _stack.Push(value);
    }

    private void PushGlobalFromStack()
    {
        object?[] names = _stack.Pop(2);
        if (names is not [string module, string name])
            throw new PickleRefusedException("names a global by something that is not a text");
        PushGlobal(module, name);
    }

    private void PushGlobal(string module, string name)
    {
        PickleGlobal global = new(module, name);
        if (!_vocabulary.Knows(global))
            throw Refuse(global);
        _stack.Push(global);
    }

    private void RefuseInstance(string module, string name) => throw Refuse(new PickleGlobal(module, name));

    private void RefuseNewObject()
    {
        object?[] classAndArguments = _stack.Pop(2);
        throw new PickleRefusedException($"makes an object of {classAndArguments[0]}, which {_vocabulary.Purpose} does not need");
    }

    private PickleRefusedException Refuse(PickleGlobal global) =>
        new($"refers to the global '{global}', which {_vocabulary.Purpose} does not need, so the file is refused");

    private void Reduce()
    {
        object?[] callableAndArguments = _stack.Pop(2);
        if (callableAndArguments is not [PickleGlobal callable, PickleTuple arguments])
            throw new PickleRefusedException("calls something that is not a known name");
        _stack.Push(_vocabulary.Call(callable, arguments));
    }

    private void Build()
    {
        object? state = _stack.Pop();
        _vocabulary.SetState(_stack.Top, state);
    }
}
