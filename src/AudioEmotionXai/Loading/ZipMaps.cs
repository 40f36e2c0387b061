using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>Takes away what scikit-learn's converter puts behind the probabilities: a dictionary for each item.</summary>
internal static class ZipMaps
{
    /// <summary>Makes the tensors before ZipMap nodes the outputs in their place; returns the classes' names that they give.</summary>
    public static IReadOnlyList<string>? Remove(OnnxModel model, ShapeTable shapes)
    {
        List<OnnxNode> maps = [.. model.Nodes.Where(node => node is { OpType: "ZipMap", Domain: "ai.onnx.ml" })];
        if (maps.Count == 0)
            return null;
        IReadOnlyList<string>? labels = null;
        Dictionary<string, string> before = [];
        foreach (OnnxNode node in maps)
        {
            before[node.Outputs[0]] = node.Inputs[0];
            labels ??= LabelsOf(node);
        }

        OnnxValueInfo[] outputs = [.. model.Outputs];
        model.ClearOutputs();
        foreach (OnnxValueInfo output in outputs)
            model.AddOutput(
                before.TryGetValue(output.Name, out string? scores)
                    ? new OnnxValueInfo(
                        scores, OnnxElementType.Float,
                        shapes.ShapeOf(scores) is { } shape ? [.. shape.Select(dim => dim.ToDeclared())] : null)
                    : output);
        model.ReplaceNodes(model.Nodes.Where(node => !maps.Contains(node)));
        return labels;
    }

    private static IReadOnlyList<string>? LabelsOf(OnnxNode node)
    {
        AttributeProto? texts = node.Proto.Attribute.FirstOrDefault(attribute => attribute.Name == "classlabels_strings");
        if (texts is { Strings.Count: > 0 })
            return [.. texts.Strings.Select(text => text.ToStringUtf8())];
        return node.GetInts("classlabels_int64s") is { Length: > 0 } numbers
            ? [.. numbers.Select(number => FormattableString.Invariant($"class {number}"))]
            : null;
    }
}
