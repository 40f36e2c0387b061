namespace AudioEmotionXai.Checkpoints;

/// <summary>The values and marks that a pickle's instructions work on, of bounded depth.</summary>
internal sealed class PickleStack
{
    private const int DeepestStack = 1 << 20;
    private const int DeepestNesting = 256;
    private readonly List<object?> _values = [];
    private readonly List<int> _marks = [];

    public int Count => _values.Count;

    /// <summary>The topmost value, which is not taken. A mark guards what lies below it.</summary>
    public object? Top => _values.Count > Floor ? _values[^1] : throw Underflow();

    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    public void Push(object? value)
    {
        if (_values.Count == DeepestStack)
            throw new PickleRefusedException($"stacks more than {DeepestStack} values");
        _values.Add(value);
    }

    public object? Pop()
    {
        object? top = Top;
        _values.RemoveAt(_values.Count - 1);
        return top;
    }

    public void PushMark()
    {
        if (_marks.Count == DeepestNesting)
            throw new PickleRefusedException($"nests more than {DeepestNesting} deep");
        _marks.Add(_values.Count);
    }

    /// <summary>Takes the values above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw new PickleRefusedException("uses a mark that was never set");
        object?[] items = [.. _values.Skip(Floor)];
        _values.RemoveRange(Floor, items.Length);
        _marks.RemoveAt(_marks.Count - 1);
        return items;
    }

    /// <summary>Takes the topmost <paramref name="count"/> values, in the order they were pushed.</summary>
    public object?[] Pop(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            items[i] = Pop();
        return items;
    }

    private static PickleRefusedException Underflow() => new("takes a value from an empty stack");
}
