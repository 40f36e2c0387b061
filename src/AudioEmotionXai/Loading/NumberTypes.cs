using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>Makes float32 of all floating-point numbers of a model: gradients and relevance are computed in it, and so are inputs and
/// outputs here.</summary>
internal static class NumberTypes
{
    // Attributes that name an element type
    private static readonly string[] s_typeAttributes = ["to", "dtype", "output_datatype", "output_dtype"];

    /// <summary>Returns how many tensors, declarations and attributes of other types there were.</summary>
    public static int ToFloat32(OnnxModel model)
    {
        int changed = 0;
        foreach (OnnxTensor tensor in model.Initializers.Values.Where(tensor => IsOther(tensor.ElementType)).ToList())
        {
            model.AddInitializer(Converted(tensor));
            changed++;
        }

        foreach (OnnxValueInfo input in model.Inputs.Where(input => IsOther(input.ElementType)))
        {
            model.ReplaceInput(input with { ElementType = OnnxElementType.Float });
            changed++;
        }

        if (model.Outputs.Any(output => IsOther(output.ElementType)))
        {
            OnnxValueInfo[] outputs = [.. model.Outputs];
            model.ClearOutputs();
            foreach (OnnxValueInfo output in outputs)
                model.AddOutput(IsOther(output.ElementType) ? output with { ElementType = OnnxElementType.Float } : output);
            changed++;
        }

        foreach (OnnxNode node in model.Nodes)
            changed += Convert(node.Proto);
        if (changed > 0)
            model.ClearValueInfos();
        return changed;
    }

    private static int Convert(NodeProto node)
    {
        int changed = 0;
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.T is { } tensor && IsOther((OnnxElementType)tensor.DataType))
            {
                attribute.T = Converted(new OnnxTensor(tensor)).Proto;
                changed++;
            }

            if (s_typeAttributes.Contains(attribute.Name) && IsOther((OnnxElementType)attribute.I))
            {
                attribute.I = (int)OnnxElementType.Float;
                changed++;
            }

            foreach (GraphProto graph in attribute.G is { } only ? [only] : attribute.Graphs.ToArray())
                changed += Convert(graph);
        }

        return changed;
    }

    private static int Convert(GraphProto graph)
    {
        int changed = graph.Node.Sum(Convert);
        for (int i = 0; i < graph.Initializer.Count; i++)
            if (IsOther((OnnxElementType)graph.Initializer[i].DataType))
            {
                graph.Initializer[i] = Converted(new OnnxTensor(graph.Initializer[i])).Proto;
                changed++;
            }

        foreach (TypeProto.Types.Tensor? type in graph.Input.Concat(graph.Output).Select(value => value.Type?.TensorType))
            if (type is not null && IsOther((OnnxElementType)type.ElemType))
            {
                type.ElemType = (int)OnnxElementType.Float;
                changed++;
            }

        graph.ValueInfo.Clear();
        return changed;
    }

    private static bool IsOther(OnnxElementType type) =>
        type is OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Double;

    private static OnnxTensor Converted(OnnxTensor tensor) => OnnxTensor.Wrap(tensor.Name, tensor.ToFloats(), [.. tensor.Shape]);
}
