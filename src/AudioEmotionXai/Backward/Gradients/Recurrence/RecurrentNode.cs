namespace AudioEmotionXai;

/// <summary>
/// An LSTM, GRU or RNN node on its way back: attributes read and checked, and what its directions share. The forward node stays; what the
/// way back needs of each step is computed from its output Y, for all steps at once.
/// </summary>
internal sealed class RecurrentNode
{
    private const int Y = 0, SequenceLengths = 4;

    private readonly OnnxNode _node;
    private readonly RecurrentActivation[] _activations;
    private string? _lengths;
    private string? _steps;

    private RecurrentNode(BackwardNode view, int gates, int functions, string[] defaults)
    {
        View = view;
        _node = view.Node;
        Gates = gates;
        Hidden = Known(2, 2, "hidden cells");
        Inputs = Known(1, 2, "features");
        string direction = _node.GetString("direction", "forward");
        Directions = direction is "bidirectional" ? 2 : 1;
        if (direction is not ("forward" or "reverse" or "bidirectional"))
            throw view.Unsupported($"its direction is '{direction}'; forward, reverse or bidirectional was expected");
        if (_node.GetInt("layout", 0) != 0)
            throw view.Unsupported("its layout is not 0, which is expected once the model is loaded");
        if (view.Wants(1) || view.Wants(2) || view.Wants(3) || view.Wants(7))
            throw view.Unsupported("its weights are computed from the input; constants were expected");
        Clip = _node.HasAttribute("clip") && _node.GetFloat("clip", 0) is var clip and >= 0 ? clip : null;
        string[] names = _node.GetStrings("activations") ?? [];
        _activations = RecurrentActivation.Of(
            names.Length > 0 ? names : [.. Enumerable.Repeat(defaults, Directions).SelectMany(name => name)],
            _node.GetFloats("activation_alpha") ?? [], _node.GetFloats("activation_beta") ?? []);
        if (_activations.Length < functions * Directions)
            throw view.Unsupported($"it names {_activations.Length} activations; {functions * Directions} were expected");
        Functions = functions;
        Whole = WholeOutput();
    }

    public BackwardNode View { get; }

    public GraphEmitter Emit => View.Emit;

    /// <summary>The number of stacked gates: 4, 3 or 1.</summary>
    public int Gates { get; }

    /// <summary>How many activations a direction has.</summary>
    public int Functions { get; }

    public int Directions { get; }

    /// <summary>The cells of the state.</summary>
    public long Hidden { get; }

    /// <summary>The features of a step.</summary>
    public long Inputs { get; }

    /// <summary>The bound of what goes into activations; null where there is none.</summary>
    public float? Clip { get; }

    /// <summary>The states of all steps: (steps, directions, items, hidden).</summary>
    public string Whole { get; }

    /// <summary>Whether the items are of different length.</summary>
    public bool HasLengths => _node.HasInput(SequenceLengths);

    /// <summary>The items' lengths: int64, (items).</summary>
    public string Lengths => _lengths ??= Emit.Cast(_node.Inputs[SequenceLengths], OnnxElementType.Int64);

    /// <summary>The numbers of the steps: int64, (steps, 1, 1).</summary>
    public string Steps => _steps ??= Emit.Unsqueeze(Emit.Count(Emit.LengthOf(View.Input(0), 0)), 1, 2);

    public static RecurrentNode Lstm(BackwardNode node) => new(node, 4, 3, ["Sigmoid", "Tanh", "Tanh"]);

    public static RecurrentNode Gru(BackwardNode node) => new(node, 3, 2, ["Sigmoid", "Tanh"]);

    public static RecurrentNode Rnn(BackwardNode node) => new(node, 1, 1, ["Tanh"]);

    public RecurrentActivation Activation(int direction, int function) => _activations[(direction * Functions) + function];

    /// <summary>The directions, in the order of the weights.</summary>
    public IEnumerable<RecurrentDirection> AllDirections() =>
        Enumerable.Range(0, Directions)
            .Select(index => new RecurrentDirection(this, index, index == 1 || _node.GetString("direction", "forward") is "reverse"));

    /// <summary>A direction's part of a weight, without the axis of directions.</summary>
    public string Weight(int input, int direction) => Part(View.Input(input), direction, 0);

    /// <summary>A direction's part of a tensor, without the axis of directions.</summary>
    public string Part(string tensor, int direction, long axis) => Directions == 1
        ? Emit.Squeeze(tensor, axis)
        : Emit.Node("Gather", [tensor, Emit.Integer(direction)], gather => gather.Set("axis", axis));

    /// <summary>The shape (items, hidden) as a tensor.</summary>
    public string StateShape() => Emit.Concat([Emit.LengthOf(View.Input(0), 1), Emit.Integers(Hidden)], 0);

    /// <summary>Sums what the directions send to the input's features, each (steps, items, features).</summary>
    public void SendInput(IReadOnlyList<string> shares) => View.Send(0, shares.Aggregate(Emit.Add));

    /// <summary>Stacks what the directions send to an initial state, each (items, hidden).</summary>
    public void SendState(int input, IReadOnlyList<string> shares) =>
        View.Send(input, Emit.Concat([.. shares.Select(share => Emit.Unsqueeze(share, 0))], 0));

    private long Known(int input, int axis, string what) =>
        View.InputShape(input) is { Length: 3 } shape && shape[axis].Value is { } length
            ? length
            : throw View.Unsupported($"the number of its {what} does not follow from its weights '{View.Input(input)}'");

    /// <summary>The output Y, which the node is made to write where the model does not ask for it.</summary>
    private string WholeOutput()
    {
        if (_node.Outputs.Count == 0 || _node.Outputs[Y].Length == 0)
            _node.SetOutput(Y, Emit.NewName("states"));
        return _node.Outputs[Y];
    }
}
