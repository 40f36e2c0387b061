namespace AudioEmotionXai;

/// <summary>
/// One direction of a recurrent node. Tensors of all steps are (steps, items, cells) in time's order, run from the end where the direction
/// is reversed; where items differ in length, a reversed direction's are turned item by item, and run from the start.
/// </summary>
internal sealed class RecurrentDirection
{
    private const int LastState = 1, InitialState = 5;

    private readonly RecurrentNode _node;
    private readonly bool _turned;
    private string? _input;
    private string? _states;
    private string? _zeros;

    public RecurrentDirection(RecurrentNode node, int index, bool reversed)
    {
        _node = node;
        Index = index;
        _turned = reversed && node.HasLengths;
        FromTheEnd = reversed && !node.HasLengths;
    }

    public int Index { get; }

    /// <summary>Whether the last slice of the sequences as they lie is the first step.</summary>
    public bool FromTheEnd { get; }

    /// <summary>The input's features: rows of all steps.</summary>
    public string Input => _input ??= Rows(Laid(_node.View.Input(0)), _node.Inputs);

    /// <summary>The states after each step: (steps, items, hidden).</summary>
    public string States => _states ??= Laid(_node.Part(_node.Whole, Index, 1));

    /// <summary>A state of zeros: (items, hidden).</summary>
    public string Zeros => _zeros ??= Emit.Expand(Emit.Scalar(0), _node.StateShape());

    public GraphEmitter Emitter => _node.Emit;

    private GraphEmitter Emit => _node.Emit;

    /// <summary>The functions f, g and h, as many as there are.</summary>
    public RecurrentActivation Activation(int function) => _node.Activation(Index, function);

    /// <summary>W (input 1) or R (input 2) of the direction: (gates * hidden, columns); some of the gates' rows, where they are named.</summary>
    public string Weights(int input, int firstGate = 0, int? gates = null) =>
        OfGates(_node.Weight(input, Index), firstGate, gates ?? _node.Gates, _node.Gates);

    /// <summary>The bias that the input brings (Wb) or the state (Rb) for some gates: (gates * hidden), or null where there is none.</summary>
    public string? Bias(bool ofState, int firstGate, int gates)
    {
        if (!_node.View.Node.HasInput(3))
            return null;
        return OfGates(_node.Weight(3, Index), firstGate + (ofState ? _node.Gates : 0), gates, 2 * _node.Gates);
    }

    /// <summary>Both biases for some gates.</summary>
    public string? BothBiases(int firstGate, int gates) =>
        Bias(false, firstGate, gates) is { } input ? Emit.Add(input, Bias(true, firstGate, gates)!) : null;

    /// <summary>The peephole weights of the gate: (hidden); null where there are none.</summary>
    public string? Peephole(int gate) =>
        _node.View.Node.HasInput(7) ? OfGates(_node.Weight(7, Index), gate, 1, 3) : null;

    /// <summary>A state before the first step: (items, hidden).</summary>
    /// <param name="input">Where the node reads it.</param>
    public string Initial(int input = InitialState) =>
        _node.View.Node.HasInput(input) ? _node.Part(_node.View.Input(input), Index, 0) : Zeros;

    /// <summary>The states before each step, from those after each: (steps, items, hidden).</summary>
    public string Before(string states, string initial)
    {
        string first = Emit.Unsqueeze(initial, 0);
        return FromTheEnd
            ? Emit.Concat([Emit.Slice(states, [1], [int.MaxValue], [0]), first], 0)
            : Emit.Concat([first, Emit.Slice(states, [0], [-1], [0])], 0);
    }

    /// <summary>The signal that arrives at the states after each step, (steps, items, hidden), or null where none does. Where items differ in
    /// length, it holds what arrives at their last state, too.</summary>
    public string? StateSignal()
    {
        string? every = _node.View.SignalOrNull(0) is { } signal ? Laid(_node.Part(signal, Index, 1)) : null;
        if (!_node.HasLengths)
            return every;
        if (every is not null)
            every = Emit.Mul(every, Emit.ToFloat(Emit.Less(_node.Steps, LengthColumn())));
        return SignalAtLast(LastState) is { } last ? every is null ? last : Emit.Add(every, last) : every;
    }

    /// <summary>The signal at an output that holds each item's last state, put at its last step; null where none arrives.</summary>
    public string? SignalAtLast(int output) => _node.View.SignalOrNull(output) is { } signal
        ? Emit.Mul(
            Emit.Unsqueeze(_node.Part(signal, Index, 0), 0),
            Emit.ToFloat(Emit.Equal(Emit.Add(_node.Steps, Emit.Integers(1)), LengthColumn())))
        : null;

    /// <summary>What the way back starts with: the signal at the last state, (items, hidden), where all items end together.</summary>
    public string FinalSignal(int output) =>
        !_node.HasLengths && _node.View.SignalOrNull(output) is { } signal ? _node.Part(signal, Index, 0) : Zeros;

    /// <summary>All steps as rows: (steps * items, cells).</summary>
    public string Rows(string steps, long cells) => Emit.Reshape(steps, -1, cells);

    /// <summary>Rows as steps again.</summary>
    public string Steps(string rows, long cells) => Emit.Reshape(
        rows, Emit.Concat([Emit.Slice(Emit.ShapeOf(_node.View.Input(0)), [0], [2], [0]), Emit.Integers(cells)], 0));

    /// <summary>What the input's features get of rows of gates' signals: (steps, items, features), in time's order.</summary>
    /// <param name="gates">The signals before the gates' activations: (steps, items, gates * hidden).</param>
    public string InputShare(string gates) => Laid(Emit.MatMul(gates, Weights(1)));

    /// <summary>Rows times the transpose of a weight, plus what is to be added.</summary>
    public string Product(string rows, string weight, string? summand) => Emit.Node(
        "Gemm", summand is null ? [rows, weight] : [rows, weight, summand], gemm => gemm.Set("transB", 1));

    /// <summary>The columns of some gates.</summary>
    public string Columns(string rows, int first, int gates) =>
        Emit.Slice(rows, [first * _node.Hidden], [(first + gates) * _node.Hidden], [1]);

    /// <summary>Time's order as the direction's steps need it, and back: it is its own inverse.</summary>
    private string Laid(string sequence) =>
        _turned
            ? Emit.Node("ReverseSequence", [sequence, _node.Lengths], node => node.Set("time_axis", 0).Set("batch_axis", 1))
            : sequence;

    private string LengthColumn() => Emit.Unsqueeze(_node.Lengths, 0, 2);

    private string OfGates(string weight, int first, int gates, int all) => gates == all
        ? weight
        : Emit.Slice(weight, [first * _node.Hidden], [(first + gates) * _node.Hidden], [0]);
}
