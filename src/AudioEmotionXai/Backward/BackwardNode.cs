namespace AudioEmotionXai;

/// <summary>
/// What a rule sees of the node it passes back through: the node, shapes and constants, the signal that arrives, an emitter,
/// and where to send what each input gets.
/// </summary>
internal sealed class BackwardNode
{
    private readonly BackwardGraph _graph;
    private readonly IReadOnlyList<string?>? _probed;
    private readonly List<(int Input, string Tensor)> _sent = [];

    internal BackwardNode(BackwardGraph graph, OnnxNode node)
        : this(graph, node, null)
    {
    }

    private BackwardNode(BackwardGraph graph, OnnxNode node, IReadOnlyList<string?>? probed)
    {
        _graph = graph;
        Node = node;
        _probed = probed;
    }

    public OnnxNode Node { get; }

    public GraphEmitter Emit => _graph.Emit;

    public BackwardGraph Graph => _graph;

    public int Opset => _graph.Emit.Opset;

    /// <summary>The name of an input tensor; empty where it is left out.</summary>
    public string Input(int index) => index < Node.Inputs.Count ? Node.Inputs[index] : "";

    /// <summary>The name of an output tensor.</summary>
    public string Output(int index = 0) => Node.Outputs[index];

    /// <summary>The axes of an input.</summary>
    /// <exception cref="UnsupportedOperatorException">They are not known.</exception>
    public Dim[] InputShape(int index) =>
        _graph.Shapes.ShapeOf(Input(index)) ?? throw Unsupported($"the shape of its input '{Input(index)}' is not known");

    /// <summary>The axes of an output.</summary>
    /// <exception cref="UnsupportedOperatorException">They are not known.</exception>
    public Dim[] OutputShape(int index = 0) =>
        _graph.Shapes.ShapeOf(Output(index)) ?? throw Unsupported($"the shape of its output '{Output(index)}' is not known");

    /// <summary>An input that is a constant of the model, or null.</summary>
    public OnnxTensor? Constant(int index) => _graph.Constant(Input(index));

    /// <summary>The integers of an input that is a constant of the model; null where it is left out or computed.</summary>
    public long[]? ConstantIntegers(int input) => Constant(input)?.ToInt64s();

    /// <summary>The known integers of an input or attribute that newer operator sets made an input; null where they are not
    /// given.</summary>
    /// <exception cref="UnsupportedOperatorException">They are computed by the model.</exception>
    public long[]? Integers(string attribute, int input)
    {
        if (Node.GetInts(attribute) is { } values)
            return values;
        if (!Node.HasInput(input))
            return null;
        if (Constant(input) is { } constant)
            return constant.ToInt64s();
        return
            _graph.Shapes.TryGet(Input(input), out TensorInfo? info)
            && info.Content is { } content
            && Array.TrueForAll(content, dim => dim.IsFixed)
            ? Array.ConvertAll(content, dim => dim.Offset)
            : throw Unsupported($"its input '{Input(input)}' ({attribute}) is computed by the model; a constant was expected");
    }

    /// <summary>The signal that arrives at an output, or null where none does.</summary>
    public string? SignalOrNull(int output)
    {
        if (_probed is not null)
            return output < _probed.Count ? _probed[output] : null;
        return output < Node.Outputs.Count ? _graph.SignalOrNull(Node.Outputs[output]) : null;
    }

    /// <summary>The signal that arrives at the first output.</summary>
    public string Signal => SignalOrNull(0) ?? throw Unsupported("a signal arrives only at an output other than the first");

    /// <summary>Whether an input's signal is needed.</summary>
    public bool Wants(int input) => input < Node.Inputs.Count && _graph.Wants(Node.Inputs[input]);

    /// <summary>Hands a share of the signal to an input; shares from several readers add up.</summary>
    public void Send(int input, string tensor)
    {
        _sent.Add((input, tensor));
        if (_probed is null)
            _graph.AddSignal(Node.Inputs[input], tensor);
    }

    /// <summary>Hands a share to a tensor before the node that is none of its inputs.</summary>
    public void SendTo(string tensor, string share)
    {
        _sent.Add((-1, share));
        _graph.AddSignal(tensor, share);
    }

    /// <summary>Hands a share of the output's shape to an input that was broadcast to it: what was repeated is summed.</summary>
    public void SendSummed(int input, string tensor) => Send(input, Broadcasting.SumTo(this, tensor, input));

    /// <summary>What was sent so far.</summary>
    public IReadOnlyList<(int Input, string Tensor)> Sent => _sent;

    /// <summary>The same node with other signals at its outputs, whose shares are kept in <see cref="Sent"/> and go nowhere: how relevance
    /// borrows gradients.</summary>
    /// <param name="signals">One for every output, null where none arrives.</param>
    public BackwardNode Probe(params IReadOnlyList<string?> signals) => new(_graph, Node, signals);

    /// <exception cref="UnsupportedOperatorException">An input other than the first, or a statistic put out beside the result, is part of
    /// what the score depends on.</exception>
    public void RequireConstantParameters()
    {
        for (int i = 1; i < Node.Inputs.Count; i++)
            if (Wants(i))
                throw Unsupported($"its parameter '{Input(i)}' is computed from the input; a constant was expected");
        for (int i = 1; i < Node.Outputs.Count; i++)
            if (SignalOrNull(i) is not null)
                throw Unsupported($"the score depends on its statistic '{Output(i)}'");
    }

    /// <summary>An error about this node.</summary>
    public UnsupportedOperatorException Unsupported(string reason) => _graph.Unsupported(this, reason);
}
