namespace AudioEmotionXai;

/// <summary>RNN: back through the steps with the signal of the state in a scan.</summary>
internal static class RnnGradient
{
    private const int InitialState = 5;

    public static void Emit(BackwardNode view)
    {
        RecurrentNode node = RecurrentNode.Rnn(view);
        List<string> inputs = [], states = [];
        foreach (RecurrentDirection direction in node.AllDirections())
        {
            string[] passed = PassBack(node, direction, Steps(node, direction));
            states.Add(passed[0]);
            if (view.Wants(0))
                inputs.Add(direction.InputShare(passed[1]));
        }

        if (view.Wants(0))
            node.SendInput(inputs);
        if (view.Wants(InitialState))
            node.SendState(InitialState, states);
    }

    /// <summary>The states and their derivatives, for all steps at once, as rows (steps * items, hidden).</summary>
    public static RecurrentGate Steps(RecurrentNode node, RecurrentDirection direction)
    {
        string before = direction.Rows(direction.Before(direction.States, direction.Initial()), node.Hidden);
        string fromInput = direction.Product(direction.Input, direction.Weights(1), direction.BothBiases(0, 1));
        return RecurrentGate.Of(
            node.Emit, direction.Activation(0), node.Clip, direction.Product(before, direction.Weights(2), fromInput));
    }

    private static string[] PassBack(RecurrentNode node, RecurrentDirection direction, RecurrentGate steps)
    {
        ScanEmitter scan = new(node.Emit);
        bool backwards = !direction.FromTheEnd;
        string state = scan.State(direction.FinalSignal(1));
        if (direction.StateSignal() is { } arriving)
            state = scan.Body.Add(state, scan.Each(arriving, backwards));
        string into = scan.Body.Mul(state, scan.Each(direction.Steps(steps.Derivative, node.Hidden), backwards));
        return scan.Emit([(scan.Body.MatMul(into, direction.Weights(2)), 2)], (into, 2, 0, backwards));
    }
}
