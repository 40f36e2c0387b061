namespace AudioEmotionXai;

/// <summary>How a graph ends: the scores before a Softmax or Sigmoid, behind which nothing but shapes changes.</summary>
/// <param name="Scores">The tensor before it; the output itself where there is none.</param>
/// <param name="Node">The Softmax, LogSoftmax or Sigmoid, or null.</param>
/// <param name="Softmax">The axis that it normalises, in the scores' own axes; null for a sigmoid.</param>
/// <param name="ClassAxis">The axis of the classes in the scores, as far as the end tells.</param>
internal sealed record HeadEnd(string Scores, OnnxNode? Node, int? Softmax, int? ClassAxis)
{
    /// <summary>The end of a graph without a head: the scores are the output.</summary>
    public static HeadEnd None(GraphLinks links, ShapeTable shapes, string output) =>
        new(output, null, null, ClassAxisBefore(links, shapes, output));

    /// <summary>Follows an output back.</summary>
    public static HeadEnd Of(OnnxModel model, GraphLinks links, ShapeTable shapes, string output)
    {
        string tensor = output;
        while (links.ProducerOf(tensor) is { Domain: "" } node)
        {
            if (node.OpType is "Softmax" or "LogSoftmax" && AxisOf(model, shapes, node) is { } axis)
                return new HeadEnd(node.Inputs[0], node, axis, axis);
            if (node.OpType is "Sigmoid")
                return new HeadEnd(node.Inputs[0], node, null, ClassAxisBefore(links, shapes, node.Inputs[0]));
            if (!IsOfShape(shapes, node) || !KeepsItems(model, shapes, node))
                break;
            tensor = node.Inputs[0];
        }

        return None(links, shapes, output);
    }

    /// <summary>Whether the first axis stays the items; a model of one clip may have none.</summary>
    private static bool KeepsItems(OnnxModel model, ShapeTable shapes, OnnxNode node) =>
        model.Inputs[0].Shape?[0].Value == 1
        || (shapes.ShapeOf(node.Inputs[0]) is [Dim before, ..] && shapes.ShapeOf(node.Outputs[0]) is [Dim after, ..] && before == after);

    /// <summary>A Softmax or Sigmoid beside the chosen output that reads the scores: it says what they are.</summary>
    public static OnnxNode? ReadersHead(OnnxModel model, GraphLinks links, string scores)
    {
        HashSet<string> outputs = [.. model.Outputs.Select(output => output.Name)];
        return links.ReadersOf(scores)
            .FirstOrDefault(node => node.OpType is "Softmax" or "LogSoftmax" or "Sigmoid" && node.Outputs.Any(outputs.Contains));
    }

    /// <summary>Whether leaving the node off gives the scores that a head is for.</summary>
    public bool Fits(ClassHead head) => Node?.OpType is "Sigmoid" ? head == ClassHead.Sigmoid : head == ClassHead.Softmax;

    /// <summary>The axis that a softmax runs over; null where it runs over several cells and axes at once.</summary>
    private static int? AxisOf(OnnxModel model, ShapeTable shapes, OnnxNode node)
    {
        if (shapes.ShapeOf(node.Inputs[0]) is not { } shape)
            return null;
        int axis = ShapeContext.Normalize(node.GetInt("axis", model.Opset >= 13 ? -1 : 1), shape.Length);
        if (model.Opset >= 13)
            return axis;
        // Before operator set 13 all axes from there on are one
        return shape.Skip(axis + 1).All(length => length == 1) ? axis : null;
    }

    /// <summary>Whether a node only changes how the cells are laid out, not their order.</summary>
    private static bool IsOfShape(ShapeTable shapes, OnnxNode node)
    {
        if (node.OpType is "Identity" or "Cast" or "Flatten" or "Squeeze" or "Unsqueeze" or "Reshape")
            return true;
        if (node.OpType is not "Transpose" || shapes.ShapeOf(node.Inputs[0]) is not { } shape || node.GetInts("perm") is not { } order)
            return false;
        // Axes of length 1 may go anywhere
        long[] kept = [.. order.Where(axis => shape[axis] != 1)];
        return kept.SequenceEqual(kept.Order());
    }

    /// <summary>Dense layers write classes last, convolutions second.</summary>
    private static int? ClassAxisBefore(GraphLinks links, ShapeTable shapes, string tensor)
    {
        int rank = shapes.ShapeOf(tensor)?.Length ?? 0;
        OnnxNode? node = links.ProducerOf(tensor);
        for (; node is not null; node = node.Inputs.Select(links.ProducerOf).FirstOrDefault(before => before is not null))
            switch (node.OpType)
            {
                case "Gemm" or "MatMul":
                    return rank - 1;
                case "Conv" or "ConvTranspose" or "GlobalAveragePool" or "BatchNormalization":
                    return 1;
                case "Add" or "Relu" or "Identity" or "Mul" or "Dropout" or "Clip" or "Sigmoid" or "Tanh":
                    continue;
                default:
                    return null;
            }

        return null;
    }
}

/// <summary>Outputs that are probabilities though they do not end in a softmax or sigmoid: weighted means of such, and what is cut or put
/// together from them.</summary>
internal static class ProbabilityMix
{
    /// <summary>The nodes that make the probabilities, as text; null where a way back leads elsewhere.</summary>
    public static string? Find(GraphLinks links, OnnxModel model, string output)
    {
        List<string> found = [];
        return AreProbabilities(links, model, output, found) && found.Count > 0 ? ShortList.Of([.. found.Distinct()]) : null;
    }

    private static bool AreProbabilities(GraphLinks links, OnnxModel model, string tensor, List<string> found)
    {
        OnnxNode? node = links.ProducerOf(tensor);
        switch (node?.OpType)
        {
            case "Softmax" or "Sigmoid":
                found.Add(node.ToString());
                return true;
            case "Identity" or "Cast" or "Flatten" or "Squeeze" or "Unsqueeze" or "Reshape" or "Transpose" or "ReduceMean" or "ReduceMax"
                or "Clip" or "GlobalAveragePool" or "Slice" or "Gather":
                return AreProbabilities(links, model, node.Inputs[0], found);
            case "Mul" or "Div" or "Add" or "Sum" or "Mean" or "Max" or "Concat":
                return node.Inputs.Where(input => !model.Initializers.ContainsKey(input)).ToList() is { Count: > 0 } signals
                    && signals.TrueForAll(input => AreProbabilities(links, model, input, found));
            default:
                return false;
        }
    }
}
