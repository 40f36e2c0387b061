namespace AudioEmotionXai;

/// <summary>What an LSTM's steps held, for all steps at once, as rows (steps * directions * items, hidden).</summary>
/// <param name="Input">The input gate.</param>
/// <param name="Output">The output gate.</param>
/// <param name="Forget">The forget gate; where it is one minus the input gate, its derivative is not to be used.</param>
/// <param name="Candidate">What is written into the cells.</param>
/// <param name="Shown">What the output gate lets through: a function of the cells.</param>
/// <param name="CellsBefore">The cells before each step.</param>
internal sealed record LstmSteps(
    RecurrentGate Input, RecurrentGate Output, RecurrentGate Forget, RecurrentGate Candidate, RecurrentGate Shown, string CellsBefore)
{
    // The order of the gates in weights and peepholes
    private const int I = 0, O = 1, F = 2, C = 3, PeepholeO = 1, PeepholeF = 2, InitialCells = 6;

    /// <summary>Computes them from X and Y: the gates in products of all steps, the cells, where no output has them, in a scan.</summary>
    public static LstmSteps Of(RecurrentNode node, RecurrentRun run)
    {
        string[] into = [.. Enumerable.Range(0, 4).Select(gate => run.Into(gate, 1, ofState: true))];
        RecurrentGate candidate = RecurrentGate.Of(node.Emit, run.Activation(1), node.Clip, into[C]);
        if (node.HasPeepholes)
            return WithPeepholes(node, run, into, candidate);
        RecurrentGate input = Gate(node, run, into[I]), forget = ForgetGate(node, run, input, into[F]);
        string cells = Cells(node, run, forget.Value, node.Emit.Mul(input.Value, candidate.Value));
        return Seen(node, run, (input, forget, candidate), into[O], cells);
    }

    /// <summary>Whether what is forgotten is what is written.</summary>
    public static bool CouplesForget(RecurrentNode node) => node.View.Node.GetInt("input_forget", 0) != 0;

    private static LstmSteps WithPeepholes(RecurrentNode node, RecurrentRun run, string[] into, RecurrentGate candidate)
    {
        string cells = CellsByPeepholes(node, run, into, candidate.Value), before = run.Before(cells, run.Initial(InitialCells));
        RecurrentGate input = Gate(node, run, node.Emit.Add(into[I], run.Seen(before, I)));
        RecurrentGate forget = ForgetGate(node, run, input, node.Emit.Add(into[F], run.Seen(before, PeepholeF)));
        return Seen(node, run, (input, forget, candidate), node.Emit.Add(into[O], run.Seen(cells, PeepholeO)), cells);
    }

    private static LstmSteps Seen(
        RecurrentNode node, RecurrentRun run, (RecurrentGate Input, RecurrentGate Forget, RecurrentGate Candidate) gates, string output,
        string cells) =>
        new(
            gates.Input, Gate(node, run, output), gates.Forget, gates.Candidate,
            RecurrentGate.Of(node.Emit, run.Activation(2), null, cells), run.Before(cells, run.Initial(InitialCells)));

    private static RecurrentGate Gate(RecurrentNode node, RecurrentRun run, string into) =>
        RecurrentGate.Of(node.Emit, run.Activation(0), node.Clip, into);

    private static RecurrentGate ForgetGate(RecurrentNode node, RecurrentRun run, RecurrentGate input, string into) =>
        CouplesForget(node) ? new RecurrentGate(node.Emit.Complement(input.Value), "") : Gate(node, run, into);

    /// <summary>c = f c + i g, step by step.</summary>
    private static string Cells(RecurrentNode node, RecurrentRun run, string forget, string written)
    {
        RecurrentScan scan = new(node, backwards: false);
        string cells = scan.State(run.Initial(InitialCells));
        string[] keeps = scan.Each(forget, node.Hidden), writes = scan.Each(written, node.Hidden), all = new string[RecurrentScan.Round];
        foreach (int step in scan.Steps)
            all[step] = cells = scan.Body.Add(scan.Body.Mul(cells, keeps[step]), writes[step]);
        return scan.Emit([cells], (all, node.Hidden))[1];
    }

    /// <summary>The cells where the gates look at them.</summary>
    private static string CellsByPeepholes(RecurrentNode node, RecurrentRun run, string[] into, string candidate)
    {
        RecurrentScan scan = new(node, backwards: false);
        GraphEmitter body = scan.Body;
        string cells = scan.State(run.Initial(InitialCells));
        string[] inputs = scan.Each(into[I], node.Hidden), candidates = scan.Each(candidate, node.Hidden);
        string[] all = new string[RecurrentScan.Round];
        string[] forgets = CouplesForget(node) ? [] : scan.Each(into[F], node.Hidden);
        foreach (int step in scan.Steps)
        {
            string input = Value(inputs[step], I);
            string forget = CouplesForget(node) ? body.Complement(input) : Value(forgets[step], PeepholeF);
            all[step] = cells = body.Add(body.Mul(forget, cells), body.Mul(input, candidates[step]));
        }

        return scan.Emit([cells], (all, node.Hidden))[1];

        string Value(string into, int peephole) => RecurrentGate.ValueOf(
            body, run.Activation(0), node.Clip, body.Add(into, body.Mul(cells, run.Peephole(peephole))));
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
        foreach (RecurrentRun run in node.Runs())
        {
            string[] passed = PassBack(node, run, LstmSteps.Of(node, run));
            states.Add(passed[0]);
            cells.Add(passed[1]);
            if (view.Wants(0))
                inputs.Add(run.InputShare(passed.AsSpan(2)));
        }

        if (view.Wants(0))
            node.SendInput(inputs);
        if (view.Wants(InitialState))
            node.SendState(InitialState, states);
        if (view.Wants(InitialCells))
            node.SendState(InitialCells, cells);
    }

    /// <summary>The signals of state and cells before the first step, then those before the gates' activations at every step, direction by
    /// direction.</summary>
    private static string[] PassBack(RecurrentNode node, RecurrentRun run, LstmSteps steps)
    {
        RecurrentScan scan = new(node, backwards: true);
        GraphEmitter body = scan.Body;
        string state = scan.State(run.Zeros), cells = scan.State(run.Zeros);
        string[]? arriving = Each(run.StateSignal(), 1), last = Each(run.SignalAtLast(CellsOutput), 1);
        string[] shown = Each(node.Emit.Mul(steps.Output.Value, steps.Shown.Derivative), 1)!;
        string[] factors = Each(Factors(node, steps), 4)!, forgets = Each(steps.Forget.Value, 1)!;
        string[][] written = new string[RecurrentScan.Round][];
        foreach (int step in scan.Steps)
        {
            state = arriving is null ? state : body.Add(state, arriving[step]);
            cells = body.Add(last is null ? cells : body.Add(cells, last[step]), body.Mul(state, shown[step]));
            string gates;
            (gates, cells) = node.HasPeepholes
                ? WithPeepholes(node, run, body, (state, cells, factors[step], forgets[step]))
                : (body.Mul(body.Concat([cells, state, cells, cells], 1), factors[step]), body.Mul(cells, forgets[step]));
            written[step] = run.Apart(body, gates);
            state = run.PassedOn(body, written[step], 0, 4);
        }

        return scan.Emit(
            [state, cells],
            [.. Enumerable.Range(0, written[0].Length).Select(i => (Array.ConvertAll(written, parts => parts[i]), 4 * node.Hidden))]);

        string[]? Each(string? rows, int gates) => rows is null ? null : scan.Each(rows, gates * node.Hidden);
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
        RecurrentNode node, RecurrentRun run, GraphEmitter body, (string State, string Cells, string Factors, string Forget) step)
    {
        string output = body.Mul(step.State, Factor(1));
        string cells = body.Add(step.Cells, body.Mul(output, run.Peephole(PeepholeO)));
        string input = body.Mul(cells, Factor(0)), forget = body.Mul(cells, Factor(2)), candidate = body.Mul(cells, Factor(3));
        string seen = body.Add(body.Mul(input, run.Peephole(0)), body.Mul(forget, run.Peephole(PeepholeF)));
        return (body.Concat([input, output, forget, candidate], 1), body.Add(body.Mul(cells, step.Forget), seen));

        string Factor(int gate) => body.Slice(step.Factors, [gate * node.Hidden], [(gate + 1) * node.Hidden], [1]);
    }
}
