namespace AudioEmotionXai;

/// <summary>What an expansion sees of the operator that it writes as others: the node, what is known of its inputs, and where the nodes
/// go that take its place.</summary>
internal sealed class Expansion
{
    private readonly OnnxModel _model;
    private readonly ShapeTable _shapes;
    private readonly int _first;

    public Expansion(OnnxModel model, ShapeTable shapes, GraphEmitter emit, OnnxNode node)
    {
        _model = model;
        _shapes = shapes;
        _first = model.Nodes.Count;
        Emit = emit;
        Node = node;
    }

    public OnnxNode Node { get; }

    public GraphEmitter Emit { get; }

    public int Opset => Emit.Opset;

    public bool Has(int input) => Node.HasInput(input);

    /// <summary>The name of an input tensor; empty where it is left out.</summary>
    public string Input(int index) => index < Node.Inputs.Count ? Node.Inputs[index] : "";

    /// <summary>The inputs that are given.</summary>
    public string[] Inputs => [.. Node.Inputs.Where(name => name.Length > 0)];

    /// <summary>Whether an output is read, as far as the node says.</summary>
    public bool Writes(int output) => output < Node.Outputs.Count && Node.Outputs[output].Length > 0;

    public OnnxTensor? Constant(int input) => Has(input) ? _model.Initializers.GetValueOrDefault(Input(input)) : null;

    public OnnxTensor? Constant(string tensor) => _model.Initializers.GetValueOrDefault(tensor);

    public OnnxElementType TypeOf(string tensor) =>
        _shapes.TryGet(tensor, out TensorInfo? info) ? info.ElementType : OnnxElementType.Undefined;

    /// <summary>The axes of a tensor.</summary>
    /// <exception cref="NotExpandedException">They are not known.</exception>
    public Dim[] ShapeOf(string tensor) =>
        _shapes.ShapeOf(tensor) ?? throw new NotExpandedException($"the shape of '{tensor}' is not known");

    /// <summary>The number of axes of a tensor.</summary>
    /// <exception cref="NotExpandedException">It is not known.</exception>
    public int RankOf(string tensor) => ShapeOf(tensor).Length;

    public Dim[] Shape(int input) => ShapeOf(Input(input));

    public int Rank(int input) => RankOf(Input(input));

    /// <summary>A length that must be a number.</summary>
    /// <exception cref="NotExpandedException">It is free.</exception>
    public static long Fixed(Dim length, string what) =>
        length.Value ?? throw new NotExpandedException($"{what} is not fixed");

    /// <summary>The integers of an input that must be a constant.</summary>
    /// <exception cref="NotExpandedException">It is not.</exception>
    public long[] Integers(int input, string what) =>
        Constant(input)?.ToInt64s() ?? throw new NotExpandedException($"its {what} '{Input(input)}' are computed by the model");

    /// <summary>Says what the expansion cannot do.</summary>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new NotExpandedException(otherwise);
    }

    /// <summary>Makes a tensor the node's output.</summary>
    public void Write(string tensor, int output = 0)
    {
        if (!Writes(output))
            return;
        string name = Node.Outputs[output];
        int producer = -1;
        for (int i = _first; i < _model.Nodes.Count; i++)
            if (_model.Nodes[i].Outputs.Contains(tensor))
                producer = i;
        if (producer < 0)
        {
            OnnxNode alias = _model.Add(new OnnxNode("Identity", name, [tensor], [name]));
            ShapeInference.InferNode(_model, alias, _shapes);
            return;
        }

        _model.Nodes[producer].ReplaceOutput(tensor, name);
        for (int i = producer + 1; i < _model.Nodes.Count; i++)
            _model.Nodes[i].ReplaceInput(tensor, name);
        _shapes[name] = _shapes[tensor];
    }

    /// <summary>Appends a node as it is.</summary>
    public void Keep(OnnxNode node)
    {
        _model.Add(node);
        ShapeInference.InferNode(_model, node, _shapes);
    }
}

/// <summary>Why an operator stays as it is; the message says what of it is not covered.</summary>
internal sealed class NotExpandedException(string reason) : Exception(reason);
