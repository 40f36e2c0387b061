namespace AudioEmotionXai.Checkpoints;

/// <summary>A tuple as a pickle holds it.</summary>
internal sealed class PickleTuple(object?[] items)
{
    public static PickleTuple Empty { get; } = new([]);

    public ReadOnlySpan<object?> Items => items;

    public int Count => items.Length;

    public object? this[int index] => items[index];
}
