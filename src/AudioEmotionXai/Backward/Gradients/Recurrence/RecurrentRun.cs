namespace AudioEmotionXai;

/// <summary>
/// Directions of a recurrent node that are taken back together, one beside the other on the axis of the items, in the order of their steps,
/// which fill whole rounds: those behind the last have no signal. Tensors of all steps are rows (steps * directions * items, cells).
/// </summary>
internal sealed class RecurrentRun(RecurrentNode node, params int[] directions)
{
    private const int LastState = 1, InitialState = 5;

    private readonly Dictionary<(string, int), string> _made = [];

    /// <summary>A state of zeros: (directions * items, hidden).</summary>
    public string Zeros => Once("zeros", 0, () => Emit.ExpandLike(Emit.Scalar(0), Initial()));

    private GraphEmitter Emit => node.Emit;

    /// <summary>The functions f, g and h, as many as there are; they are the same for all directions of a run.</summary>
    public RecurrentActivation Activation(int function) => node.Activation(directions[0], function);

    /// <summary>A state before the first step: (directions * items, hidden).</summary>
    /// <param name="input">Where the node reads it.</param>
    public string Initial(int input = InitialState) => Once("initial", input, () => Joined(direction => Initial(input, direction), 0));

    /// <summary>What goes into some gates, without what the cells add: rows of (gates * hidden).</summary>
    /// <param name="first">The first gate.</param>
    /// <param name="gates">How many.</param>
    /// <param name="ofState">Whether the state's share is part of it.</param>
    public string Into(int first, int gates, bool ofState) => AsRows(gates * node.Hidden, direction =>
    {
        string rows = Product(
            InputOf(direction), Weights(1, direction, first, gates), Bias(direction, first, gates, ofInput: true, ofState));
        return ofState ? Product(BeforeOf(direction), Weights(2, direction, first, gates), rows) : rows;
    });

    /// <summary>The state's share of what goes into some gates: rows of (gates * hidden).</summary>
    public string OfState(int first, int gates) => AsRows(gates * node.Hidden, direction => Product(
        BeforeOf(direction), Weights(2, direction, first, gates), Bias(direction, first, gates, ofInput: false, true)));

    /// <summary>Rows of some state times the recurrent weights of a gate, with their bias: rows of (hidden).</summary>
    public string OfOtherState(string rows, int gate)
    {
        string[] parts = RowsApart(rows, node.Hidden);
        return AsRows(node.Hidden, direction => Product(
            parts[Array.IndexOf(directions, direction)], Weights(2, direction, gate, 1), Bias(direction, gate, 1, ofInput: false, true)));
    }

    /// <summary>Rows apart for each direction: (steps * items, cells).</summary>
    public string[] RowsApart(string rows, long cells) => directions.Length == 1
        ? [rows]
        : Array.ConvertAll(Emit.Split(Steps(rows, cells), directions.Length, 1), part => Emit.Reshape(part, -1, cells));

    /// <summary>In a round of a scan: gates' signals apart for each direction, (items, gates * hidden).</summary>
    public string[] Apart(GraphEmitter body, string signals) =>
        directions.Length == 1 ? [signals] : body.Split(signals, directions.Length, 0);

    /// <summary>In a round of a scan: gates' signals, direction by direction, times their recurrent weights, which is the state's signal of
    /// the step before.</summary>
    public string PassedOn(GraphEmitter body, string[] signals, int first, int gates) =>
        body.Concat([.. signals.Select((signal, i) => body.MatMul(signal, Weights(2, directions[i], first, gates)))], 0);

    /// <summary>The node's states before each step: rows of (hidden).</summary>
    public string StatesBefore() => AsRows(node.Hidden, BeforeOf);

    /// <summary>What was before each step, from rows of what was after each.</summary>
    public string Before(string rows, string initial) => Emit.Reshape(Moved(Steps(rows, node.Hidden), initial), -1, node.Hidden);

    /// <summary>The peephole weights of a gate, for a step: (hidden), or (directions * items, hidden).</summary>
    public string Peephole(int gate) => Once("peephole", gate, () => directions.Length == 1
        ? Peephole(gate, directions[0])
        : Joined(direction => Emit.Expand(Peephole(gate, direction), node.StateShape()), 0));

    /// <summary>What gates see of the cells: rows times peephole weights.</summary>
    public string Seen(string rows, int gate) =>
        Emit.Reshape(Emit.Mul(Steps(rows, node.Hidden), Peephole(gate)), -1, node.Hidden);

    /// <summary>The signal that arrives at the states after each step, from the output that holds all of them and the one that holds the
    /// last: rows of (hidden), or null where none does.</summary>
    public string? StateSignal()
    {
        string? every = node.View.SignalOrNull(0) is { } signal
            ? Joined(direction => Valid(node.Filled(Laid(node.Part(signal, direction, 1), direction))), 1)
            : null;
        string? last = node.View.SignalOrNull(LastState) is { } atEnd ? AtLast(atEnd) : null;
        string? both = every is not null && last is not null ? Emit.Add(every, last) : every ?? last;
        return both is null ? null : Emit.Reshape(both, -1, node.Hidden);
    }

    /// <summary>The signal at an output that holds each item's last state, put at its last step: rows of (hidden); null where none
    /// arrives.</summary>
    public string? SignalAtLast(int output) =>
        node.View.SignalOrNull(output) is { } signal ? Emit.Reshape(AtLast(signal), -1, node.Hidden) : null;

    /// <summary>What the input's features get of the gates' signals: (steps, items, features), in time's order.</summary>
    /// <param name="gates">The signals before the gates' activations, direction by direction: rows (steps * items, gates * hidden).</param>
    public string InputShare(ReadOnlySpan<string> gates)
    {
        List<string> shares = [];
        for (int i = 0; i < directions.Length; i++)
        {
            string steps = Steps(Emit.MatMul(gates[i], Weights(1, directions[i], 0, node.Gates)), node.Inputs);
            shares.Add(Laid(node.Unfilled(steps), directions[i]));
        }

        return shares.Aggregate(Emit.Add);
    }

    private string Initial(int input, int direction) =>
        node.View.Node.HasInput(input)
            ? node.Part(node.View.Input(input), direction, 0)
            : Once("none", 0, () => Emit.Expand(Emit.Scalar(0), node.StateShape()));

    private string InputOf(int direction) => Once(
        "input", direction, () => Emit.Reshape(node.Filled(Laid(node.View.Input(0), direction)), -1, node.Inputs));

    private string BeforeOf(int direction) => Once("before", direction, () =>
    {
        string after = Laid(node.Part(node.Whole, direction, 1), direction);
        return Emit.Reshape(node.Filled(Moved(after, Initial(InitialState, direction))), -1, node.Hidden);
    });

    private string Moved(string steps, string first) =>
        Emit.Concat([Emit.Unsqueeze(first, 0), Emit.Slice(steps, [0], [-1], [0])], 0);

    private string AtLast(string signal) => Joined(direction => Emit.Mul(
        Emit.Unsqueeze(node.Part(signal, direction, 0), 0),
        Emit.ToFloat(Emit.Equal(Emit.Add(node.StepNumbers, Emit.Integers(1)), node.LengthColumn))), 1);

    /// <summary>Zeros behind an item's length.</summary>
    private string Valid(string steps) =>
        node.HasLengths ? Emit.Mul(steps, Emit.ToFloat(Emit.Less(node.StepNumbers, node.LengthColumn))) : steps;

    /// <summary>W (input 1) or R (input 2) of some gates: (gates * hidden, columns).</summary>
    private string Weights(int input, int direction, int first, int gates) => Once(
        $"weights {input} {direction} {gates}", first,
        () => OfGates(node.Part(node.View.Input(input), direction, 0), first, gates, node.Gates));

    private string Peephole(int gate, int direction) => OfGates(node.Part(node.View.Input(7), direction, 0), gate, 1, 3);

    /// <summary>What the biases of the input (Wb), of the state (Rb), or both add to some gates; null where there are none.</summary>
    private string? Bias(int direction, int first, int gates, bool ofInput, bool ofState)
    {
        if (!node.View.Node.HasInput(3))
            return null;
        string both = node.Part(node.View.Input(3), direction, 0);
        string input = OfGates(both, first, gates, 2 * node.Gates), state = OfGates(both, first + node.Gates, gates, 2 * node.Gates);
        return ofInput && ofState ? Emit.Add(input, state) : ofInput ? input : state;
    }

    private string OfGates(string weight, int first, int gates, int all) => gates == all
        ? weight
        : Emit.Slice(weight, [first * node.Hidden], [(first + gates) * node.Hidden], [0]);

    private string Product(string rows, string weight, string? summand) => Emit.Node(
        "Gemm", summand is null ? [rows, weight] : [rows, weight, summand], gemm => gemm.Set("transB", 1));

    private string Steps(string rows, long cells) => Emit.Reshape(rows, node.StepShape(cells));

    /// <summary>Rows that each direction computes by itself, side by side.</summary>
    private string AsRows(long cells, Func<int, string> ofDirection) => directions.Length == 1
        ? ofDirection(directions[0])
        : Emit.Reshape(Joined(direction => Steps(ofDirection(direction), cells), 1), -1, cells);

    private string Joined(Func<int, string> ofDirection, long axis) => Emit.Concat([.. directions.Select(ofDirection)], axis);

    /// <summary>Time's order as a direction's steps need it, and back: it is its own inverse.</summary>
    private string Laid(string sequence, int direction)
    {
        if (!node.IsReversed(direction))
            return sequence;
        return node.HasLengths
            ? Emit.Node("ReverseSequence", [sequence, node.Lengths], turn => turn.Set("time_axis", 0).Set("batch_axis", 1))
            : Emit.Node("Slice", [sequence, Emit.Integers(-1), Emit.Integers(int.MinValue), Emit.Integers(0), Emit.Integers(-1)]);
    }

    private string Once(string what, int which, Func<string> make)
    {
        if (!_made.TryGetValue((what, which), out string? made))
            _made[(what, which)] = made = make();
        return made;
    }
}
