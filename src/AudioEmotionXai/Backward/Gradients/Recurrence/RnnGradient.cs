namespace AudioEmotionXai;

/// <summary>RNN: back through the steps with the signal of the state in a scan.</summary>
internal static class RnnGradient
{
    private const int InitialState = 5;

    public static void Emit(BackwardNode view)
    {
        RecurrentNode node = RecurrentNode.Rnn(view);
        List<string> inputs = [], states = [];
        foreach (RecurrentRun run in node.Runs())
        {
            string[] passed = PassBack(node, run, Steps(node, run));
            states.Add(passed[0]);
            if (view.Wants(0))
                inputs.Add(run.InputShare(passed.AsSpan(1)));
        }

        if (view.Wants(0))
            node.SendInput(inputs);
        if (view.Wants(InitialState))
            node.SendState(InitialState, states);
    }

    /// <summary>The states and their derivatives, for all steps at once, as rows (steps * directions * items, hidden).</summary>
    public static RecurrentGate Steps(RecurrentNode node, RecurrentRun run) =>
        RecurrentGate.Of(node.Emit, run.Activation(0), node.Clip, run.Into(0, 1, ofState: true));

    private static string[] PassBack(RecurrentNode node, RecurrentRun run, RecurrentGate steps)
    {
        RecurrentScan scan = new(node, backwards: true);
        string state = scan.State(run.Zeros);
        string[]? arriving = run.StateSignal() is { } signal ? scan.Each(signal, node.Hidden) : null;
        string[] factors = scan.Each(steps.Derivative, node.Hidden);
        string[][] written = new string[RecurrentScan.Round][];
        foreach (int step in scan.Steps)
        {
            state = arriving is null ? state : scan.Body.Add(state, arriving[step]);
            written[step] = run.Apart(scan.Body, scan.Body.Mul(state, factors[step]));
            state = run.PassedOn(scan.Body, written[step], 0, 1);
        }

        return scan.Emit(
            [state], [.. Enumerable.Range(0, written[0].Length).Select(i => (Array.ConvertAll(written, parts => parts[i]), node.Hidden))]);
    }
}
