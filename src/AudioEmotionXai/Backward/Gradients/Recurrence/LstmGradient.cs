namespace AudioEmotionXai;

/// <summary>What an LSTM's steps held, for all steps at once, as rows (steps * items, hidden).</summary>
/// <param name="Input">The input gate.</param>
/// <param name="Output">The output gate.</param>
/// <param name="Forget">The forget gate; where it is one minus the input gate, its derivative is not to be used.</param>
/// <param name="Candidate">What is written into the cells.</param>
/// <param name="Shown">What the output gate lets through: a function of the cells.</param>
/// <param name="Cells">The cells after each step: (steps, items, hidden).</param>
/// <param name="CellsBefore">The cells before each step.</param>
internal sealed record LstmSteps(
    RecurrentGate Input, RecurrentGate Output, RecurrentGate Forget, RecurrentGate Candidate, RecurrentGate Shown, string Cells,
    string CellsBefore)
{
    // The order of the gates in weights and peepholes
    private const int I = 0, O = 1, F = 2, C = 3, PeepholeO = 1, PeepholeF = 2, InitialCells = 6;

    /// <summary>Computes them from X and Y: the gates in products of all steps, the cells, where no output has them, in a scan.</summary>
    public static LstmSteps Of(RecurrentNode node, RecurrentDirection direction)
    {
        GraphEmitter emit = node.Emit;
        string before = direction.Rows(direction.Before(direction.States, direction.Initial()), node.Hidden);
        string fromInput = direction.Product(direction.Input, direction.Weights(1), direction.BothBiases(0, 4));
        string[] into = Split(emit, direction.Product(before, direction.Weights(2), fromInput));
        RecurrentGate candidate = RecurrentGate.Of(emit, direction.Activation(1), node.Clip, into[C]);
        string cells, cellsBefore;
        RecurrentGate input, forget;
        if (node.View.Node.HasInput(7))
        {
            cells = ScanWithPeepholes(node, direction, into, candidate.Value);
            cellsBefore = direction.Rows(direction.Before(cells, direction.Initial(InitialCells)), node.Hidden);
            input = Gate(node, direction, Peep(emit, into[I], cellsBefore, direction.Peephole(I)));
            forget = ForgetGate(node, direction, input, Peep(emit, into[F], cellsBefore, direction.Peephole(PeepholeF)));
            into[O] = Peep(emit, into[O], direction.Rows(cells, node.Hidden), direction.Peephole(PeepholeO));
        }
        else
        {
            input = Gate(node, direction, into[I]);
            forget = ForgetGate(node, direction, input, into[F]);
            cells = Scan(node, direction, forget.Value, emit.Mul(input.Value, candidate.Value));
            cellsBefore = direction.Rows(direction.Before(cells, direction.Initial(InitialCells)), node.Hidden);
        }

        RecurrentGate shown = RecurrentGate.Of(emit, direction.Activation(2), null, direction.Rows(cells, node.Hidden));
        return new LstmSteps(input, Gate(node, direction, into[O]), forget, candidate, shown, cells, cellsBefore);
    }

    public static bool CouplesForget(RecurrentNode node) => node.View.Node.GetInt("input_forget", 0) != 0;

    private static string[] Split(GraphEmitter emit, string into) =>
        emit.Opset >= 18
            ? emit.Nodes("Split", [into], 4, split => split.Set("axis", 1).Set("num_outputs", 4))
            : emit.Nodes("Split", [into], 4, split => split.Set("axis", 1));

    private static string Peep(GraphEmitter emit, string into, string cells, string? weights) =>
        weights is null ? into : emit.Add(into, emit.Mul(cells, weights));

    private static RecurrentGate Gate(RecurrentNode node, RecurrentDirection direction, string into) =>
        RecurrentGate.Of(node.Emit, direction.Activation(0), node.Clip, into);

    private static RecurrentGate ForgetGate(RecurrentNode node, RecurrentDirection direction, RecurrentGate input, string into) =>
        CouplesForget(node) ? new RecurrentGate(node.Emit.Complement(input.Value), "") : Gate(node, direction, into);

    /// <summary>c = f c + i g, step by step.</summary>
    private static string Scan(RecurrentNode node, RecurrentDirection direction, string forget, string written)
    {
        ScanEmitter scan = new(node.Emit);
        string cells = scan.State(direction.Initial(InitialCells));
        string kept = scan.Body.Mul(cells, scan.Each(direction.Steps(forget, node.Hidden), direction.FromTheEnd));
        string next = scan.Body.Add(kept, scan.Each(direction.Steps(written, node.Hidden), direction.FromTheEnd));
        return scan.Emit([(next, 2)], (next, 2, 0, direction.FromTheEnd))[1];
    }

    /// <summary>The same where the gates look at the cells.</summary>
    private static string ScanWithPeepholes(RecurrentNode node, RecurrentDirection direction, string[] into, string candidate)
    {
        ScanEmitter scan = new(node.Emit);
        GraphEmitter body = scan.Body;
        RecurrentActivation function = direction.Activation(0);
        string cells = scan.State(direction.Initial(InitialCells));

        string Value(int gate, int peephole) => RecurrentGate.ValueOf(
            body, function, node.Clip, Peep(body, Each(into[gate]), cells, direction.Peephole(peephole)));

        string Each(string rows) => scan.Each(direction.Steps(rows, node.Hidden), direction.FromTheEnd);

        string input = Value(I, I);
        string forget = CouplesForget(node) ? body.Complement(input) : Value(F, PeepholeF);
        string next = body.Add(body.Mul(forget, cells), body.Mul(input, Each(candidate)));
        return scan.Emit([(next, 2)], (next, 2, 0, direction.FromTheEnd))[1];
    }
}

/// <summary>
/// LSTM: back through the steps with the signals of state and cells in a scan. Everything that does not depend on the signal is multiplied
/// out for all steps before it, so that a step is one product of matrices and a few operations on single cells.
/// </summary>
internal static class LstmGradient
{
    private const int CellsOutput = 2, InitialState = 5, InitialCells = 6, PeepholeO = 1, PeepholeF = 2;

    public static void Emit(BackwardNode view)
    {
        RecurrentNode node = RecurrentNode.Lstm(view);
        List<string> inputs = [], states = [], cells = [];
        foreach (RecurrentDirection direction in node.AllDirections())
        {
            string[] passed = PassBack(node, direction, LstmSteps.Of(node, direction));
            (string state, string cell, string gates) = (passed[0], passed[1], passed[2]);
            states.Add(state);
            cells.Add(cell);
            if (view.Wants(0))
                inputs.Add(direction.InputShare(gates));
        }

        if (view.Wants(0))
            node.SendInput(inputs);
        if (view.Wants(InitialState))
            node.SendState(InitialState, states);
        if (view.Wants(InitialCells))
            node.SendState(InitialCells, cells);
    }

    /// <summary>The signals of state and cells before the first step, then those before the gates' activations at every step.</summary>
    private static string[] PassBack(RecurrentNode node, RecurrentDirection direction, LstmSteps steps)
    {
        GraphEmitter emit = node.Emit;
        ScanEmitter scan = new(emit);
        GraphEmitter body = scan.Body;
        bool backwards = !direction.FromTheEnd;

        string Each(string tensor) => scan.Each(tensor, backwards);

        string state = scan.State(direction.FinalSignal(1));
        string cells = scan.State(direction.FinalSignal(CellsOutput));
        if (direction.StateSignal() is { } arriving)
            state = body.Add(state, Each(arriving));
        if (node.HasLengths && direction.SignalAtLast(CellsOutput) is { } last)
            cells = body.Add(cells, Each(last));
        cells = body.Add(cells, body.Mul(state, Each(direction.Steps(emit.Mul(steps.Output.Value, steps.Shown.Derivative), node.Hidden))));
        string factors = Each(direction.Steps(Factors(node, steps), 4 * node.Hidden));
        string forget = Each(direction.Steps(steps.Forget.Value, node.Hidden));
        string gates, before;
        if (direction.Peephole(PeepholeO) is { } toOutput)
            (gates, before) = WithPeepholes(node, direction, body, (state, cells, factors, forget, toOutput));
        else
            (gates, before) = (body.Mul(body.Concat([cells, state, cells, cells], 1), factors), body.Mul(cells, forget));
        return scan.Emit([(body.MatMul(gates, direction.Weights(2)), 2), (before, 2)], (gates, 2, 0, backwards));
    }

    /// <summary>What the signal is multiplied by for each gate: (rows, 4 * hidden). The output gate's signal is the state's, the others'
    /// the cells'.</summary>
    private static string Factors(RecurrentNode node, LstmSteps steps)
    {
        GraphEmitter emit = node.Emit;
        bool coupled = LstmSteps.CouplesForget(node);
        string written = coupled ? emit.Sub(steps.Candidate.Value, steps.CellsBefore) : steps.Candidate.Value;
        string input = emit.Mul(written, steps.Input.Derivative);
        string output = emit.Mul(steps.Shown.Value, steps.Output.Derivative);
        string forget = coupled ? emit.ZerosLike(input) : emit.Mul(steps.CellsBefore, steps.Forget.Derivative);
        string candidate = emit.Mul(steps.Input.Value, steps.Candidate.Derivative);
        return emit.Concat([input, output, forget, candidate], 1);
    }

    /// <summary>The output gate looks at the new cells, the others at those before.</summary>
    private static (string Gates, string Before) WithPeepholes(
        RecurrentNode node, RecurrentDirection direction, GraphEmitter body,
        (string State, string Cells, string Factors, string Forget, string ToOutput) step)
    {
        string Factor(int gate) => body.Slice(step.Factors, [gate * node.Hidden], [(gate + 1) * node.Hidden], [1]);

        string output = body.Mul(step.State, Factor(1));
        string cells = body.Add(step.Cells, body.Mul(output, step.ToOutput));
        string input = body.Mul(cells, Factor(0)), forget = body.Mul(cells, Factor(2)), candidate = body.Mul(cells, Factor(3));
        string seen = body.Add(body.Mul(input, direction.Peephole(0)!), body.Mul(forget, direction.Peephole(PeepholeF)!));
        return (body.Concat([input, output, forget, candidate], 1), body.Add(body.Mul(cells, step.Forget), seen));
    }
}
