namespace AudioEmotionXai;

/// <summary>
/// Follows the axes of the explained input through a graph: which axis of a layer shows which of the input's, in which order, and where a
/// grid of patches became a row of tokens. What an operator does to places is told operator by operator; behind one that is not known,
/// nothing is.
/// </summary>
internal sealed class AxisTracker
{
    private readonly ShapeTable _shapes;
    private readonly Dictionary<string, AxisRole[]> _roles = [];

    private AxisTracker(ShapeTable shapes)
    {
        _shapes = shapes;
    }

    /// <summary>What happens first to each axis of the input, in the order of the graph: who runs a window along it, or sums over
    /// it.</summary>
    public AxisUses Uses { get; } = new();

    /// <summary>Follows the input through a graph.</summary>
    public static AxisTracker Of(OnnxModel model, ShapeTable shapes, OnnxValueInfo input)
    {
        AxisTracker tracker = new(shapes);
        tracker._roles[input.Name] =
            [.. input.Shape!.Select((_, axis) => axis == 0 ? AxisRole.Items : AxisRole.Image(axis))];
        foreach (OnnxNode node in model.Nodes)
            if (node.Inputs.Any(tracker._roles.ContainsKey))
                tracker.Follow(node);
        return tracker;
    }

    /// <summary>The roles of a tensor's axes; null where it does not depend on the input, or its shape is not known.</summary>
    public AxisRole[]? RolesOf(string tensor) => _roles.GetValueOrDefault(tensor);

    private void Follow(OnnxNode node)
    {
        AxisRules rules = new(_shapes, node, RolesOf, Uses);
        for (int output = 0; output < node.Outputs.Count; output++)
        {
            string name = node.Outputs[output];
            if (name.Length == 0 || _shapes.ShapeOf(name) is not { } shape || !IsSignal(name))
                continue;
            AxisRole[]? roles = rules.Of(output);
            _roles[name] = roles is not null && roles.Length == shape.Length ? roles : Unknown(shape.Length);
        }
    }

    private bool IsSignal(string tensor) =>
        _shapes.TryGet(tensor, out TensorInfo? info) && info.ElementType is OnnxElementType.Float or OnnxElementType.Undefined;

    private static AxisRole[] Unknown(int rank)
    {
        AxisRole[] roles = new AxisRole[rank];
        Array.Fill(roles, AxisRole.Mixed);
        return roles;
    }
}

/// <summary>What a graph does to the axes of its input before it loses sight of them.</summary>
internal sealed class AxisUses
{
    private readonly List<(int Axis, AxisUse Use, string Node)> _uses = [];
    private readonly List<int[]> _windows = [];

    /// <summary>The order, in the first window that runs along two axes, of these.</summary>
    public int[]? FirstPlane => _windows.Find(axes => axes.Length == 2);

    public void Add(int axis, AxisUse use, OnnxNode node) => _uses.Add((axis, use, node.ToString()));

    public void AddWindow(int[] axes) => _windows.Add(axes);

    /// <summary>What happens first to an axis, or null.</summary>
    public (AxisUse Use, string Node)? FirstOf(int axis)
    {
        int index = _uses.FindIndex(use => use.Axis == axis);
        return index < 0 ? null : (_uses[index].Use, _uses[index].Node);
    }
}

/// <summary>What can happen to an axis.</summary>
internal enum AxisUse
{
    /// <summary>A window slides along it: time, samples, frequency.</summary>
    Window,

    /// <summary>A layer sums over it with weights: channels, bins, features.</summary>
    Contracted,

    /// <summary>A recurrent layer or attention runs along it: time.</summary>
    Steps,

    /// <summary>A Fourier transform is taken along it: samples.</summary>
    Transformed,
}
