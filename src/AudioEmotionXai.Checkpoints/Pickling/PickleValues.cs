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

/// <summary>A dictionary as a pickle holds it: pairs in the order they were set. Keys are not hashed, so a hostile key costs
/// nothing.</summary>
internal sealed class PickleDictionary
{
    private readonly List<KeyValuePair<object?, object?>> _pairs = [];

    public IReadOnlyList<KeyValuePair<object?, object?>> Pairs => _pairs;

    public void Add(object? key, object? value) => _pairs.Add(new(key, value));

    /// <summary>The last value set under a text key, as Python would keep it.</summary>
    public bool TryGet(string key, out object? value)
    {
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            if (_pairs[i].Key is string text && text == key)
            {
                value = _pairs[i].Value;
                return true;
            }
        }

        value = null;
        return false;
    }
}

/// <summary>The name of something that a pickle refers to, such as <c>collections.OrderedDict</c>: only ever a name, never the
/// thing.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    /// <summary>Module and name, joined with a dot.</summary>
    public string FullName => $"{Module}.{Name}";

    public override string ToString() => FullName;
}

/// <summary>A tuple as a pickle holds it.</summary>
internal sealed class PickleTuple(object?[] items)
{
    public static PickleTuple Empty { get; } = new([]);

    public ReadOnlySpan<object?> Items => items;

    public int Count => items.Length;

    public object? this[int index] => items[index];
}

/// <summary>Why an instruction of a pickle was refused; <see cref="PickleReader"/> adds the file and the place before a caller sees
/// it.</summary>
internal sealed class PickleRefusedException(string reason) : Exception(reason);

/// <summary>
/// What the names in a pickle mean to this library. A name that a vocabulary does not know is refused before anything is built;
/// a known one maps to a few lines of this library's own code that read plain values. No code comes from the file.
/// </summary>
internal abstract class PickleVocabulary
{
    /// <summary>What is being read, for messages: "a state dict", "a label mapping".</summary>
    public abstract string Purpose { get; }

    /// <summary>Whether the pickle may name this.</summary>
    public abstract bool Knows(PickleGlobal global);

    /// <summary>The plain value that stands for calling <paramref name="callable"/>.</summary>
    /// <exception cref="PickleRefusedException">It cannot be called, or not with these arguments.</exception>
    public abstract object? Call(PickleGlobal callable, PickleTuple arguments);

    /// <summary>The plain value that a persistent id stands for.</summary>
    /// <exception cref="PickleRefusedException">The id says nothing to this vocabulary.</exception>
    public virtual object? Resolve(object? persistentId) =>
        throw new PickleRefusedException($"holds a persistent id, which {Purpose} does not need");

    /// <summary>Gives <paramref name="target"/> its state.</summary>
    /// <exception cref="PickleRefusedException">The target takes no such state.</exception>
    public virtual void SetState(object? target, object? state) =>
        throw new PickleRefusedException($"sets a state where {Purpose} needs none");
}
