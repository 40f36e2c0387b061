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
    private readonly Dictionary<string, string> _made = [];
    private readonly Dim _steps;

    private RecurrentNode(BackwardNode view, int gates, int functions, string[] defaults)
    {
        View = view;
        _node = view.Node;
        Gates = gates;
        Functions = functions;
        Hidden = Known(2, "hidden cells");
        Inputs = Known(1, "features");
        _steps = view.InputShape(0)[0];
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

    /// <summary>Whether an LSTM's gates look at the cells.</summary>
    public bool HasPeepholes => _node.HasInput(7);

    /// <summary>Whether the items are of different length.</summary>
    public bool HasLengths => _node.HasInput(SequenceLengths);

    /// <summary>The items' lengths: int64, (items).</summary>
    public string Lengths => Once("lengths", () => Emit.Cast(_node.Inputs[SequenceLengths], OnnxElementType.Int64));

    /// <summary>The items' lengths beside the steps' numbers: int64, (1, items, 1), or (1) where all have all steps.</summary>
    public string LengthColumn => Once("column", () => HasLengths ? Emit.Unsqueeze(Lengths, 0, 2) : StepCount);

    /// <summary>The numbers of the steps, those included that fill the last round: int64, (steps, 1, 1).</summary>
    public string StepNumbers => Once("numbers", () => Emit.Unsqueeze(Emit.Count(FilledCount), 1, 2));

    private string StepCount => Once("count", () => Emit.Length(_steps, View.Input(0), 0));

    private string RoundCount => Once("rounds", () => _steps.IsFixed
        ? Emit.Integers(RoundsOf(_steps.Offset))
        : Emit.Node("Div", [Emit.Add(StepCount, Emit.Integers(RecurrentScan.Round - 1)), Emit.Integers(RecurrentScan.Round)]));

    private string FilledCount => Once("filled", () => _steps.IsFixed
        ? Emit.Integers(RoundsOf(_steps.Offset) * RecurrentScan.Round)
        : Emit.Mul(RoundCount, Emit.Integers(RecurrentScan.Round)));

    private bool FillsRounds => _steps.IsFixed && _steps.Offset % RecurrentScan.Round == 0;

    public static RecurrentNode Lstm(BackwardNode node) => new(node, 4, 3, ["Sigmoid", "Tanh", "Tanh"]);

    public static RecurrentNode Gru(BackwardNode node) => new(node, 3, 2, ["Sigmoid", "Tanh"]);

    public static RecurrentNode Rnn(BackwardNode node) => new(node, 1, 1, ["Tanh"]);

    public RecurrentActivation Activation(int direction, int function) => _activations[(direction * Functions) + function];

    /// <summary>Whether a direction runs from the end of time.</summary>
    public bool IsReversed(int direction) => direction == 1 || _node.GetString("direction", "forward") is "reverse";

    /// <summary>The directions, in the order of the weights: together, where they apply the same functions.</summary>
    public IReadOnlyList<RecurrentRun> Runs()
    {
        if (Directions == 1)
            return [new RecurrentRun(this, 0)];
        return _activations.AsSpan(0, Functions).SequenceEqual(_activations.AsSpan(Functions, Functions))
            ? [new RecurrentRun(this, 0, 1)]
            : [new RecurrentRun(this, 0), new RecurrentRun(this, 1)];
    }

    /// <summary>A direction's part of a tensor, without the axis of directions.</summary>
    public string Part(string tensor, int direction, long axis) => Once($"{direction} of {tensor}", () => Directions == 1
        ? Emit.Squeeze(tensor, axis)
        : Emit.Node("Gather", [tensor, Emit.Integer(direction)], gather => gather.Set("axis", axis)));

    /// <summary>Steps, and zeros behind them that fill the last round.</summary>
    public string Filled(string steps)
    {
        if (FillsRounds)
            return steps;
        string pads = Once("pads", () => Emit.Concat([Emit.Integers(0, 0, 0), Emit.Sub(FilledCount, StepCount), Emit.Integers(0, 0)], 0));
        return Emit.Node("Pad", [steps, pads]);
    }

    /// <summary>Without the steps that fill the last round.</summary>
    public string Unfilled(string steps) =>
        FillsRounds ? steps : Emit.Node("Slice", [steps, Emit.Integers(0), StepCount, Emit.Integers(0)]);

    /// <summary>The shape (steps, what is left, cells) as a tensor.</summary>
    public string StepShape(long cells) => Once(
        $"{cells} cells of steps", () => Emit.Concat([FilledCount, Emit.Integers(-1, cells)], 0));

    /// <summary>The shape (rounds, what is left, cells) as a tensor.</summary>
    public string RoundShape(long cells) => Once(
        $"{cells} cells of rounds", () => Emit.Concat([RoundCount, Emit.Integers(-1, cells)], 0));

    /// <summary>The shape (items, hidden) as a tensor.</summary>
    public string StateShape() => Once(
        "state", () => Emit.Concat([Emit.LengthOf(View.Input(0), 1), Emit.Integers(Hidden)], 0));

    /// <summary>Sums what the runs send to the input's features, each (steps, items, features).</summary>
    public void SendInput(IReadOnlyList<string> shares) => View.Send(0, shares.Aggregate(Emit.Add));

    /// <summary>Stacks what the runs send to an initial state, each (directions * items, hidden).</summary>
    public void SendState(int input, IReadOnlyList<string> shares) =>
        View.Send(input, Emit.Concat([.. shares.Select(share => Emit.Reshape(share, Directions / shares.Count, -1, Hidden))], 0));

    private static long RoundsOf(long steps) => (steps + RecurrentScan.Round - 1) / RecurrentScan.Round;

    private long Known(int input, string what) =>
        View.InputShape(input) is { Length: 3 } shape && shape[2].Value is { } length
            ? length
            : throw View.Unsupported($"the number of its {what} does not follow from its weights '{View.Input(input)}'");

    /// <summary>The output Y, which the node is made to write where the model does not ask for it.</summary>
    private string WholeOutput()
    {
        if (_node.Outputs.Count == 0 || _node.Outputs[Y].Length == 0)
            _node.SetOutput(Y, Emit.NewName("states"));
        return _node.Outputs[Y];
    }

    private string Once(string what, Func<string> make)
    {
        if (!_made.TryGetValue(what, out string? made))
            _made[what] = made = make();
        return made;
    }
}
