namespace AudioEmotionXai;

/// <summary>Scan: back through its rounds, wherever the body has only operators with rules.</summary>
internal static class ScanGradient
{
    public static void Emit(BackwardNode node)
    {
        ScanForm form = ScanForm.Of(node.Node) ?? throw node.Unsupported("it has no body");
        BodyGraph body =
            form.Infer(node.Graph.Model, node.Graph.Shapes) ?? throw node.Unsupported("the shapes of its inputs are not known");
        new RepeatedBody(
            node, body,
            [
                .. Enumerable.Range(0, form.States)
                    .Select(state => new RepeatedBody.Carried(body.Inputs[state], body.Outputs[state], state, state)),
            ],
            [
                .. Enumerable.Range(0, form.Sequences).Select(sequence => new RepeatedBody.Slice(
                    body.Inputs[form.States + sequence], () => node.Input(form.States + sequence), form.ReadsBackwards(sequence),
                    form.InputAxis(sequence), form.States + sequence)),
            ],
            [
                .. Enumerable.Range(form.States, body.Outputs.Length - form.States).Select(output => new RepeatedBody.Written(
                    body.Outputs[output], output, form.WritesBackwards(output - form.States), form.OutputAxis(output - form.States))),
            ]).Emit();
    }
}

/// <summary>Loop: back through as many rounds as it ran, wherever the body has only operators with rules and what is carried keeps its
/// shape.</summary>
internal static class LoopGradient
{
    public static void Emit(BackwardNode node)
    {
        if (node.Node.GetGraph("body") is null)
            throw node.Unsupported("it has no body");
        BodyGraph body = LoopForm.Infer(node.Node, node.Graph.Model, node.Graph.Shapes);
        int carried = node.Node.Inputs.Count - 2;
        // A round that ran found its condition true
        body.Model.RemoveInput(body.Inputs[1]);
        body.Model.AddInitializer(OnnxTensor.FromBool(body.Inputs[1], true));
        new RepeatedBody(
            node, body,
            [
                .. Enumerable.Range(0, carried).Select(state =>
                    new RepeatedBody.Carried(body.Inputs[state + 2], body.Outputs[state + 1], state + 2, state)),
            ],
            [new RepeatedBody.Slice(body.Inputs[0], () => Numbers(node, body, carried), false, 0, null)],
            [
                .. Enumerable.Range(carried + 1, body.Outputs.Length - carried - 1)
                    .Select(output => new RepeatedBody.Written(body.Outputs[output], output - 1, false, 0)),
            ]).Emit();
    }

    /// <summary>The numbers of the rounds that ran, as many as any sequence that the node writes has slices.</summary>
    private static string Numbers(BackwardNode node, BodyGraph body, int carried)
    {
        string? sequence = node.Node.Outputs.Skip(carried).FirstOrDefault(output => output.Length > 0);
        return node.Emit.Count(node.Emit.LengthOf(sequence ?? ForwardHistory.Of(node, body, body.Inputs[2]), 0));
    }
}
