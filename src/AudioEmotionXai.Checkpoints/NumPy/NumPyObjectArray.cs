namespace AudioEmotionXai.Checkpoints;

/// <summary>A pickled NumPy array of Python objects.</summary>
internal sealed class NumPyObjectArray
{
    /// <summary>The elements in the array's order.</summary>
    public IReadOnlyList<object?> Items { get; set; } = [];
}
