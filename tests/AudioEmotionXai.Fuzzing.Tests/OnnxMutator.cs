using AudioEmotionXai.Protobuf;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Damages a model where its bytes still parse: lengths, names, attributes, nodes, data that does not fit its shape.</summary>
internal sealed class OnnxMutator(Random random, ByteMutator bytes)
{
    private static readonly string[] s_operators =
    [
        "Conv", "ConvTranspose", "Relu", "MaxPool", "AveragePool", "GlobalAveragePool", "Gemm", "MatMul", "Flatten", "Reshape", "Transpose", "Concat", "Split", "Slice", "Pad", "Gather",
        "Squeeze", "Unsqueeze", "Expand", "Tile", "Resize", "BatchNormalization", "Softmax", "Identity", "Shape", "Constant", "ConstantOfShape", "Range", "OneHot", "Cast", "ReduceMean", "Where",
        "Clip", "Div", "Mul", "DepthToSpace", "GatherElements", "TopK", "If", "NoSuchOperator", "",
    ];

    private static readonly string[] s_attributes =
    [
        "strides", "pads", "dilations", "kernel_shape", "group", "axis", "axes", "perm", "auto_pad", "output_padding", "output_shape", "ceil_mode", "keepdims", "to", "value", "value_ints",
        "transB", "alpha", "epsilon", "split", "starts", "ends", "steps", "blocksize", "mode", "allowzero", "num_outputs", "training_mode",
    ];

    public byte[] Damage(byte[] source)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(source);
        for (int i = random.Next(3); i >= 0; i--)
            Once(model);
        return model.ToByteArray();
    }

    private void Once(ModelProto model)
    {
        GraphProto graph = model.Graph;
        switch (random.Next(18))
        {
            case 0: Dimension(Pick(graph.Input)); break;
            case 1: Dimension(Pick(graph.Output)); break;
            case 2: Lengths(Pick(graph.Initializer)?.Dims); break;
            case 3: Data(Pick(graph.Initializer)); break;
            case 4: External(Pick(graph.Initializer)); break;
            case 5: Rename(Pick(graph.Node)?.Input, graph); break;
            case 6: Rename(Pick(graph.Node)?.Output, graph); break;
            case 7: Drop(graph.Node); break;
            case 8: graph.Node.Insert(random.Next(graph.Node.Count + 1), Pick(graph.Node)?.Clone() ?? new NodeProto()); break;
            case 9: Swap(graph.Node); break;
            case 10: SetOperator(Pick(graph.Node)); break;
            case 11 or 12 or 13: Attribute(Pick(graph.Node)); break;
            case 14: Drop(graph.Initializer); break;
            case 15: Type(Pick(graph.Initializer), Pick(graph.Input)); break;
            case 16: Version(model); break;
            default: Drop(Pick(graph.Node)?.Input); break;
        }
    }

    private T? Pick<T>(RepeatedField<T> from)
        where T : class => from.Count == 0 ? null : from[random.Next(from.Count)];

    private void Drop<T>(RepeatedField<T>? from)
    {
        if (from?.Count > 0)
            from.RemoveAt(random.Next(from.Count));
    }

    private void Swap(RepeatedField<NodeProto> nodes)
    {
        if (nodes.Count == 0)
            return;
        int first = random.Next(nodes.Count), second = random.Next(nodes.Count);
        (nodes[first], nodes[second]) = (nodes[second].Clone(), nodes[first].Clone());
    }

    private void Dimension(ValueInfoProto? info)
    {
        if (info?.Type?.TensorType?.Shape is not { Dim.Count: > 0 } shape)
            return;
        TensorShapeProto.Types.Dimension dimension = Pick(shape.Dim)!;
        if (random.Next(4) == 0)
            dimension.DimParam = random.Next(2) == 0 ? "" : "N";
        else if (random.Next(4) == 0)
            shape.Dim.Remove(dimension);
        else
            dimension.DimValue = bytes.Edge();
    }

    private void Lengths(RepeatedField<long>? lengths)
    {
        if (lengths is null)
            return;
        if (lengths.Count == 0 || random.Next(3) == 0)
            lengths.Add(bytes.Edge());
        else if (random.Next(3) == 0)
            lengths.RemoveAt(random.Next(lengths.Count));
        else
            lengths[random.Next(lengths.Count)] = bytes.Edge();
    }

    private void Data(TensorProto? tensor)
    {
        if (tensor is null)
            return;
        byte[] raw = tensor.RawData.ToByteArray();
        tensor.RawData = ByteString.CopyFrom(bytes.Damage(raw, raw));
        if (random.Next(3) == 0)
            tensor.ClearRawData();
    }

    private static void External(TensorProto? tensor)
    {
        if (tensor is null)
            return;
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../outside.bin" });
    }

    private void Rename(RepeatedField<string>? names, GraphProto graph)
    {
        if (names is null)
            return;
        string name = Pick(graph.Node)?.Output.FirstOrDefault() ?? "";
        name = random.Next(4) == 0 ? "" : random.Next(4) == 0 ? Pick(graph.Input)?.Name ?? "" : name;
        if (names.Count == 0 || random.Next(4) == 0)
            names.Add(name);
        else
            names[random.Next(names.Count)] = name;
    }

    private void SetOperator(NodeProto? node)
    {
        if (node is not null)
            node.OpType = s_operators[random.Next(s_operators.Length)];
    }

    private void Attribute(NodeProto? node)
    {
        if (node is null)
            return;
        AttributeProto attribute = random.Next(3) == 0 || node.Attribute.Count == 0 ? new AttributeProto { Name = s_attributes[random.Next(s_attributes.Length)] } : Pick(node.Attribute)!;
        if (!node.Attribute.Contains(attribute))
            node.Attribute.Add(attribute);
        attribute.I = bytes.Edge();
        if (random.Next(2) == 0)
            Lengths(attribute.Ints);
        if (random.Next(4) == 0)
            attribute.F = random.Next(2) == 0 ? float.NaN : 0;
        if (random.Next(8) == 0)
            attribute.S = ByteString.CopyFromUtf8("SAME_UPPER");
    }

    private void Type(TensorProto? tensor, ValueInfoProto? info)
    {
        if (tensor is not null && random.Next(2) == 0)
            tensor.DataType = random.Next(-1, 24);
        else if (info?.Type?.TensorType is { } type)
            type.ElemType = random.Next(-1, 24);
    }

    private void Version(ModelProto model)
    {
        if (random.Next(2) == 0 && model.OpsetImport.Count > 0)
            model.OpsetImport[0].Version = bytes.Edge();
        else
            Drop(model.OpsetImport);
    }
}
