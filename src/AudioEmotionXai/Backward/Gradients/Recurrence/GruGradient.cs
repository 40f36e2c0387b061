namespace AudioEmotionXai;

/// <summary>What a GRU's steps held, for all steps at once, as rows (steps * items, hidden).</summary>
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
    public static GruSteps Of(RecurrentNode node, RecurrentDirection direction)
    {
        GraphEmitter emit = node.Emit;
        bool linearFirst = LinearFirst(node);
        string before = direction.Rows(direction.Before(direction.States, direction.Initial()), node.Hidden);
        string gates = direction.Product(
            before, direction.Weights(2, Z, 2), direction.Product(direction.Input, direction.Weights(1, Z, 2), direction.BothBiases(Z, 2)));
        RecurrentGate update = Gate(node, direction, direction.Columns(gates, Z, 1));
        RecurrentGate reset = Gate(node, direction, direction.Columns(gates, R, 1));
        string recurrent = direction.Weights(2, H, 1);
        string fromInput = direction.Product(
            direction.Input, direction.Weights(1, H, 1), linearFirst ? direction.Bias(false, H, 1) : direction.BothBiases(H, 1));
        string gated = linearFirst ? direction.Product(before, recurrent, direction.Bias(true, H, 1)) : before;
        string into = linearFirst
            ? emit.Add(fromInput, emit.Mul(reset.Value, gated))
            : direction.Product(emit.Mul(reset.Value, gated), recurrent, fromInput);
        RecurrentGate candidate = RecurrentGate.Of(emit, direction.Activation(1), node.Clip, into);
        return new GruSteps(update, reset, candidate, gated, before);
    }

    /// <summary>Whether the recurrent weights come before the reset gate.</summary>
    public static bool LinearFirst(RecurrentNode node) => node.View.Node.GetInt("linear_before_reset", 0) != 0;

    private static RecurrentGate Gate(RecurrentNode node, RecurrentDirection direction, string into) =>
        RecurrentGate.Of(node.Emit, direction.Activation(0), node.Clip, into);
}

/// <summary>GRU: back through the steps with the signal of the state in a scan; what does not depend on the signal is multiplied out for all
/// steps before it.</summary>
internal static class GruGradient
{
    private const int InitialState = 5;

    public static void Emit(BackwardNode view)
    {
        RecurrentNode node = RecurrentNode.Gru(view);
        List<string> inputs = [], states = [];
        foreach (RecurrentDirection direction in node.AllDirections())
        {
            (string state, string gates) = PassBack(node, direction, GruSteps.Of(node, direction));
            states.Add(state);
            if (view.Wants(0))
                inputs.Add(direction.InputShare(gates));
        }

        if (view.Wants(0))
            node.SendInput(inputs);
        if (view.Wants(InitialState))
            node.SendState(InitialState, states);
    }

    /// <summary>The signal of the state before the first step, and those before the gates' activations at every step, as the input's weights
    /// meet them.</summary>
    private static (string State, string Gates) PassBack(RecurrentNode node, RecurrentDirection direction, GruSteps steps)
    {
        GraphEmitter emit = node.Emit;
        string update = emit.Mul(emit.Sub(steps.Before, steps.Candidate.Value), steps.Update.Derivative);
        string candidate = emit.Mul(emit.Complement(steps.Update.Value), steps.Candidate.Derivative);
        string reset = emit.Mul(steps.Gated, steps.Reset.Derivative);
        return GruSteps.LinearFirst(node)
            ? LinearFirst(node, direction, steps, (update, emit.Mul(candidate, reset), candidate))
            : ResetFirst(node, direction, steps, (update, reset, candidate));
    }

    private static (string State, string Gates) LinearFirst(
        RecurrentNode node, RecurrentDirection direction, GruSteps steps, (string Update, string Reset, string Candidate) factors)
    {
        GraphEmitter emit = node.Emit;
        (ScanEmitter scan, string state, bool backwards) = Begin(direction);
        GraphEmitter body = scan.Body;
        string recurrent = emit.Concat([factors.Update, factors.Reset, emit.Mul(factors.Candidate, steps.Reset.Value)], 1);
        string gates = body.Mul(
            body.Concat([state, state, state], 1), scan.Each(direction.Steps(recurrent, 3 * node.Hidden), backwards));
        string kept = body.Mul(state, scan.Each(direction.Steps(steps.Update.Value, node.Hidden), backwards));
        string[] passed = scan.Emit([(body.Add(body.MatMul(gates, direction.Weights(2)), kept), 2)], (state, 2, 0, backwards));
        string met = direction.Steps(emit.Concat([factors.Update, factors.Reset, factors.Candidate], 1), 3 * node.Hidden);
        return (passed[0], emit.Mul(emit.Concat([passed[1], passed[1], passed[1]], 2), met));
    }

    private static (string State, string Gates) ResetFirst(
        RecurrentNode node, RecurrentDirection direction, GruSteps steps, (string Update, string Reset, string Candidate) factors)
    {
        (ScanEmitter scan, string state, bool backwards) = Begin(direction);
        GraphEmitter body = scan.Body;

        string Each(string rows) => scan.Each(direction.Steps(rows, node.Hidden), backwards);

        string candidate = body.Mul(state, Each(factors.Candidate));
        string gated = body.MatMul(candidate, direction.Weights(2, 2, 1));
        string gates = body.Concat([body.Mul(state, Each(factors.Update)), body.Mul(gated, Each(factors.Reset))], 1);
        string kept = body.Add(body.Mul(state, Each(steps.Update.Value)), body.Mul(gated, Each(steps.Reset.Value)));
        string next = body.Add(body.MatMul(gates, direction.Weights(2, 0, 2)), kept);
        string[] passed = scan.Emit([(next, 2)], (body.Concat([gates, candidate], 1), 2, 0, backwards));
        return (passed[0], passed[1]);
    }

    /// <summary>A scan from the last step to the first, and the signal at the state after its step.</summary>
    private static (ScanEmitter Scan, string State, bool Backwards) Begin(RecurrentDirection direction)
    {
        ScanEmitter scan = new(direction.Emitter);
        bool backwards = !direction.FromTheEnd;
        string state = scan.State(direction.FinalSignal(1));
        return (scan, direction.StateSignal() is { } arriving ? scan.Body.Add(state, scan.Each(arriving, backwards)) : state, backwards);
    }
}
