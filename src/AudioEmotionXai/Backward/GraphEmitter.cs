using System.Globalization;

namespace AudioEmotionXai;

/// <summary>
/// Appends nodes to a graph and names them after the forward node they belong to. Knows how each operator is spelt in the model's
/// operator set, so that rules need not.
/// </summary>
/// <param name="model">The graph that nodes are appended to.</param>
/// <param name="prefix">What all names begin with; one of its own for a graph inside a node.</param>
/// <param name="added">What is told of every node.</param>
internal sealed partial class GraphEmitter(OnnxModel model, string prefix = "backward", Action<OnnxNode>? added = null)
{
    private readonly Dictionary<string, string> _constants = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, OnnxNode> _emitted = [];
    private int _count;

    public int Opset => model.Opset;

    /// <summary>What emitted nodes are named after: the forward node whose rule is at work.</summary>
    public string Scope { get; set; } = "";

    /// <summary>Names that new tensors may not have.</summary>
    public void Avoid(IEnumerable<string> names) => _names.UnionWith(names);

    /// <summary>Appends a node with one output and returns the output's name.</summary>
    public string Node(string opType, ReadOnlySpan<string> inputs, Action<OnnxNode>? set = null) => Nodes(opType, inputs, 1, set)[0];

    /// <summary>Appends a node and returns its outputs' names.</summary>
    public string[] Nodes(string opType, ReadOnlySpan<string> inputs, int outputs, Action<OnnxNode>? set = null)
    {
        string name = NewName(opType);
        string[] names =
            outputs == 1
                ? [name]
                : [.. Enumerable.Range(0, outputs).Select(index => string.Create(CultureInfo.InvariantCulture, $"{name}.{index}"))];
        OnnxNode node = new(opType, name, inputs.ToArray(), names);
        set?.Invoke(node);
        model.Add(node);
        foreach (string output in names)
            _emitted[output] = node;
        added?.Invoke(node);
        return names;
    }

    /// <summary>The node that this emitter made a tensor with, or null for a tensor of the forward graph.</summary>
    public OnnxNode? EmitterOf(string tensor) => _emitted.GetValueOrDefault(tensor);

    /// <summary>A float scalar.</summary>
    public string Scalar(float value) => Shared($"f:{BitConverter.SingleToInt32Bits(value)}", name => OnnxTensor.FromFloats(name, [value]));

    /// <summary>An int64 scalar.</summary>
    public string Integer(long value) =>
        Shared(string.Create(CultureInfo.InvariantCulture, $"i:{value}"), name => OnnxTensor.FromInt64s(name, [value]));

    /// <summary>A list of int64.</summary>
    public string Integers(params ReadOnlySpan<long> values)
    {
        long[] copy = values.ToArray();
        return Shared($"l:{string.Join(',', copy)}", name => OnnxTensor.FromInt64s(name, copy, copy.Length));
    }

    /// <summary>A table of int64 of its own.</summary>
    public string Table(ReadOnlySpan<long> values, long rows, long columns)
    {
        string name = NewName("table");
        model.AddInitializer(OnnxTensor.FromInt64s(name, values, rows, columns));
        return name;
    }

    /// <summary>A float tensor of its own.</summary>
    public string Floats(string hint, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        string name = NewName(hint);
        model.AddInitializer(OnnxTensor.FromFloats(name, values, shape));
        return name;
    }

    /// <summary>A float tensor made once per key, such as the flipped kernel of one weight.</summary>
    public string FloatsOnce(string key, Func<(float[] Values, long[] Shape)> make) => Shared($"t:{key}", name =>
    {
        (float[] values, long[] shape) = make();
        return OnnxTensor.Wrap(name, values, shape);
    });

    /// <summary>The transpose of a constant matrix, made once.</summary>
    public string TransposedMatrix(OnnxTensor matrix) => FloatsOnce($"transposed:{matrix.Name}", () =>
    {
        ReadOnlySpan<float> values = matrix.Floats;
        (int rows, int columns) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        float[] transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                transposed[(column * rows) + row] = values[(row * columns) + column];
        return (transposed, [columns, rows]);
    });

    /// <summary>Gives a tensor of the graph another name, everywhere.</summary>
    public void Rename(string tensor, string name)
    {
        if (tensor == name)
            return;
        if (model.Nodes.Any(node => node.Outputs.Contains(name)) || model.Initializers.ContainsKey(name))
            Rename(name, NewName(name));
        foreach (OnnxNode node in model.Nodes)
        {
            node.ReplaceUses(tensor, name);
            node.ReplaceOutput(tensor, name);
        }
    }

    /// <summary>Makes a tensor available under a name of its own as well.</summary>
    public void Alias(string tensor, string name)
    {
        if (tensor == name)
            return;
        if (model.Nodes.Any(node => node.Outputs.Contains(name)))
            Rename(name, NewName(name));
        model.Add(new OnnxNode("Identity", name, [tensor], [name]));
    }

    private string Shared(string key, Func<string, OnnxTensor> make)
    {
        if (_constants.TryGetValue(key, out string? name))
            return name;
        name = NewName("constant");
        model.AddInitializer(make(name));
        return _constants[key] = name;
    }

    /// <summary>A name that no other tensor or node has.</summary>
    public string NewName(string hint)
    {
        string name;
        do
            name = string.Create(CultureInfo.InvariantCulture, $"{prefix}/{(Scope.Length > 0 ? Scope + "/" : "")}{hint}.{_count++}");
        while (!_names.Add(name));
        return name;
    }
}
