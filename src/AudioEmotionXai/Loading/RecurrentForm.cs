namespace AudioEmotionXai;

/// <summary>Brings recurrent nodes into the form that ONNX Runtime computes, which is steps before items (layout 0); it refuses layout
/// 1.</summary>
internal static class RecurrentForm
{
    /// <summary>Turns what nodes with the items first read and write; returns how many there were.</summary>
    public static int Apply(OnnxModel model)
    {
        int turned = model.Nodes.Count(HasItemsFirst);
        if (turned == 0)
            return 0;
        List<OnnxNode> nodes = [];
        foreach (OnnxNode node in model.Nodes)
        {
            if (HasItemsFirst(node))
                nodes.AddRange(StepsFirst(node));
            else
                nodes.Add(node);
        }

        model.ReplaceNodes(nodes);
        return turned;
    }

    private static bool HasItemsFirst(OnnxNode node) =>
        node.Domain.Length == 0 && node.OpType is "LSTM" or "GRU" or "RNN" && node.GetInt("layout", 0) != 0;

    private static IEnumerable<OnnxNode> StepsFirst(OnnxNode node)
    {
        List<OnnxNode> after = [];
        string scope = node.Outputs.First(output => output.Length > 0);
        foreach (int input in (int[])[0, 5, 6])
        {
            if (!node.HasInput(input))
                continue;
            string turned = $"{scope}/input{input}/steps-first";
            yield return new OnnxNode("Transpose", turned, [node.Inputs[input]], [turned]).Set("perm", 1, 0, 2);
            node.SetInput(input, turned);
        }

        for (int output = 0; output < node.Outputs.Count; output++)
        {
            if (node.Outputs[output].Length == 0)
                continue;
            string turned = $"{node.Outputs[output]}/steps-first";
            OnnxNode back = new("Transpose", turned, [turned], [node.Outputs[output]]);
            after.Add(output == 0 ? back.Set("perm", 2, 0, 1, 3) : back.Set("perm", 1, 0, 2));
            node.SetOutput(output, turned);
        }

        node.Remove("layout");
        yield return node;
        foreach (OnnxNode back in after)
            yield return back;
    }
}
