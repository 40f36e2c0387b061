using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>The shapes of a model's tensors by name.</summary>
internal sealed class ShapeTable
{
    private readonly Dictionary<string, TensorInfo> _tensors = [];

    public TensorInfo this[string name]
    {
        get => _tensors[name];
        set => _tensors[name] = value;
    }

    public bool TryGet(string name, [NotNullWhen(true)] out TensorInfo? info) => _tensors.TryGetValue(name, out info);

    /// <summary>The axes of a tensor, or null where they are not known.</summary>
    public Dim[]? ShapeOf(string name) => _tensors.TryGetValue(name, out TensorInfo? info) ? info.Shape : null;
}
