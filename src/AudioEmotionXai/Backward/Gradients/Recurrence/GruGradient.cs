namespace AudioEmotionXai;

/// <summary>What a GRU's steps held, for all steps at once, as rows (steps * directions * items, hidden).</summary>
/// <param name="Update">The update gate: how much of the state stays.</param>
/// <param name="Reset">The reset gate.</param>
/// <param name="Candidate">What the state moves towards.</param>
/// <param name="Gated">What the reset gate lets through: the state, or the linear map of it where that comes first.</param>
/// <param name="Before">The states before each step.</param>
internal sealed record GruSteps(RecurrentGate Update, RecurrentGate Reset, RecurrentGate Candidate, string Gated, string Before)
{
    // The order of the gates in weights
    private const int Z = 0, R = 1, H = 2;

    /// <summary>Computes them from X and Y, in products of all steps.</summary>
    public static GruSteps Of(RecurrentNode node, RecurrentRun run)
    {
        GraphEmitter emit = node.Emit;
        string before = run.StatesBefore();
        RecurrentGate update = RecurrentGate.Of(emit, run.Activation(0), node.Clip, run.Into(Z, 1, ofState: true));
        RecurrentGate reset = RecurrentGate.Of(emit, run.Activation(0), node.Clip, run.Into(R, 1, ofState: true));
        string fromInput = run.Into(H, 1, ofState: false);
        string gated = LinearFirst(node) ? run.OfState(H, 1) : before;
        string passed = emit.Mul(reset.Value, gated);
        string into = emit.Add(fromInput, LinearFirst(node) ? passed : run.OfOtherState(passed, H));
        return new GruSteps(update, reset, RecurrentGate.Of(emit, run.Activation(1), node.Clip, into), gated, before);
    }

    /// <summary>Whether the recurrent weights come before the reset gate.</summary>
    public static bool LinearFirst(RecurrentNode node) => node.View.Node.GetInt("linear_before_reset", 0) != 0;
}

/// <summary>GRU: back through the steps with the signal of the state in a scan; what does not depend on the signal is multiplied out
/// before, for all steps.</summary>
internal static class GruGradient
{
    private const int InitialState = 5;

    public static void Emit(BackwardNode view)
    {
        RecurrentNode node = RecurrentNode.Gru(view);
        List<string> inputs = [], states = [];
        foreach (RecurrentRun run in node.Runs())
        {
            (string state, string[] gates) = PassBack(node, run, GruSteps.Of(node, run));
            states.Add(state);
            if (view.Wants(0))
                inputs.Add(run.InputShare(gates));
        }

        if (view.Wants(0))
            node.SendInput(inputs);
        if (view.Wants(InitialState))
            node.SendState(InitialState, states);
    }

    /// <summary>The signal of the state before the first step, and those before the gates' activations at every step, direction by
    /// direction, as the input's weights meet them.</summary>
    private static (string State, string[] Gates) PassBack(RecurrentNode node, RecurrentRun run, GruSteps steps)
    {
        GraphEmitter emit = node.Emit;
        string update = emit.Mul(emit.Sub(steps.Before, steps.Candidate.Value), steps.Update.Derivative);
        string candidate = emit.Mul(emit.Complement(steps.Update.Value), steps.Candidate.Derivative);
        string reset = emit.Mul(steps.Gated, steps.Reset.Derivative);
        return GruSteps.LinearFirst(node)
            ? LinearFirst(node, run, steps, (update, emit.Mul(candidate, reset), candidate))
            : ResetFirst(node, run, steps, (update, reset, candidate));
    }

    /// <summary>All gates get the state's signal: a round writes no more than that.</summary>
    private static (string State, string[] Gates) LinearFirst(
        RecurrentNode node, RecurrentRun run, GruSteps steps, (string Update, string Reset, string Candidate) factors)
    {
        GraphEmitter emit = node.Emit;
        RecurrentScan scan = new(node, backwards: true);
        GraphEmitter body = scan.Body;
        string state = scan.State(run.Zeros);
        string[]? arriving = run.StateSignal() is { } signal ? scan.Each(signal, node.Hidden) : null;
        string[] recurrent = scan.Each(
            emit.Concat([factors.Update, factors.Reset, emit.Mul(factors.Candidate, steps.Reset.Value)], 1), 3 * node.Hidden);
        string[] updates = scan.Each(steps.Update.Value, node.Hidden), written = new string[RecurrentScan.Round];
        foreach (int step in scan.Steps)
        {
            written[step] = state = arriving is null ? state : body.Add(state, arriving[step]);
            string gates = body.Mul(body.Concat([state, state, state], 1), recurrent[step]);
            state = body.Add(run.PassedOn(body, run.Apart(body, gates), 0, 3), body.Mul(state, updates[step]));
        }

        string[] passed = scan.Emit([state], (written, node.Hidden));
        string met = emit.Concat(
            [emit.Mul(passed[1], factors.Update), emit.Mul(passed[1], factors.Reset), emit.Mul(passed[1], factors.Candidate)], 1);
        return (passed[0], run.RowsApart(met, 3 * node.Hidden));
    }

    private static (string State, string[] Gates) ResetFirst(
        RecurrentNode node, RecurrentRun run, GruSteps steps, (string Update, string Reset, string Candidate) factors)
    {
        GraphEmitter emit = node.Emit;
        RecurrentScan scan = new(node, backwards: true);
        GraphEmitter body = scan.Body;
        string state = scan.State(run.Zeros);
        string[]? arriving = run.StateSignal() is { } signal ? scan.Each(signal, node.Hidden) : null;
        string[] updates = scan.Each(steps.Update.Value, node.Hidden), resets = scan.Each(steps.Reset.Value, node.Hidden);
        string[] candidates = scan.Each(factors.Candidate, node.Hidden);
        string[] others = scan.Each(emit.Concat([factors.Update, factors.Reset], 1), 2 * node.Hidden);
        string[][] gates = new string[RecurrentScan.Round][], written = new string[RecurrentScan.Round][];
        foreach (int step in scan.Steps)
        {
            state = arriving is null ? state : body.Add(state, arriving[step]);
            written[step] = run.Apart(body, body.Mul(state, candidates[step]));
            string gated = run.PassedOn(body, written[step], 2, 1);
            gates[step] = run.Apart(body, body.Mul(body.Concat([state, gated], 1), others[step]));
            string kept = body.Add(body.Mul(state, updates[step]), body.Mul(gated, resets[step]));
            state = body.Add(run.PassedOn(body, gates[step], 0, 2), kept);
        }

        int directions = written[0].Length;
        string[] passed = scan.Emit(
            [state],
            [
                .. Enumerable.Range(0, directions).Select(i => (Array.ConvertAll(gates, parts => parts[i]), 2 * node.Hidden)),
                .. Enumerable.Range(0, directions).Select(i => (Array.ConvertAll(written, parts => parts[i]), node.Hidden)),
            ]);
        return (
            passed[0],
            [.. Enumerable.Range(1, directions).Select(i => emit.Concat([passed[i], passed[i + directions]], 1))]);
    }
}
