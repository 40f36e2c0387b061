using AudioEmotionXai.Protobuf;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace AudioEmotionXai;

/// <summary>One operator of a model's graph with its attributes and the names of the tensors it reads and writes.</summary>
public sealed class OnnxNode
{
    internal OnnxNode(NodeProto proto) => Proto = proto;

    /// <summary>Creates a node of the standard operator set; an empty name leaves an optional input out.</summary>
    internal OnnxNode(string opType, string name, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        Proto = new NodeProto { OpType = opType, Name = name };
        Proto.Input.AddRange(inputs);
        Proto.Output.AddRange(outputs);
    }

    /// <summary>The operator, such as <c>Conv</c>.</summary>
    public string OpType => Proto.OpType;

    /// <summary>The operator's domain; empty for the standard one.</summary>
    public string Domain => Proto.Domain is "ai.onnx" ? "" : Proto.Domain;

    /// <summary>The node's own name; may be empty.</summary>
    public string Name => Proto.Name;

    /// <summary>The tensors it reads; an empty name is an optional input left out.</summary>
    public IReadOnlyList<string> Inputs => Proto.Input;

    /// <summary>The tensors it writes; an empty name is an optional output left out.</summary>
    public IReadOnlyList<string> Outputs => Proto.Output;

    internal NodeProto Proto { get; }

    /// <summary>What the file says about the node for human readers; empty where it says nothing.</summary>
    internal string DocString
    {
        get => Proto.DocString;
        set => Proto.DocString = value;
    }

    /// <summary>Operator and name as error messages quote them: <c>Conv 'layer1.0.conv1'</c>.</summary>
    public override string ToString() =>
        $"{(Domain.Length > 0 ? Domain + "." : "")}{OpType} "
            + $"'{(Name.Length > 0 ? Name : Outputs.FirstOrDefault(name => name.Length > 0) ?? "")}'";

    /// <summary>Whether an input is given at this position.</summary>
    /// <param name="index">The position.</param>
    public bool HasInput(int index) => index < Inputs.Count && Inputs[index].Length > 0;

    /// <summary>Whether the attribute is set.</summary>
    /// <param name="name">The attribute.</param>
    public bool HasAttribute(string name) => Find(name) is not null;

    /// <summary>An integer attribute.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="fallback">Its value where it is not set.</param>
    public long GetInt(string name, long fallback) => Find(name)?.I ?? fallback;

    /// <summary>A float attribute.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="fallback">Its value where it is not set.</param>
    public float GetFloat(string name, float fallback) => Find(name)?.F ?? fallback;

    /// <summary>A text attribute.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="fallback">Its value where it is not set.</param>
    public string GetString(string name, string fallback) => Find(name)?.S.ToStringUtf8() ?? fallback;

    /// <summary>A list of integers, or null where it is not set.</summary>
    /// <param name="name">The attribute.</param>
    public long[]? GetInts(string name) => Find(name) is { } attribute ? [.. attribute.Ints] : null;

    /// <summary>A list of floats, or null where it is not set.</summary>
    /// <param name="name">The attribute.</param>
    public float[]? GetFloats(string name) => Find(name) is { } attribute ? [.. attribute.Floats] : null;

    /// <summary>A list of texts, or null where it is not set.</summary>
    internal string[]? GetStrings(string name) =>
        Find(name) is { } attribute ? [.. attribute.Strings.Select(text => text.ToStringUtf8())] : null;

    /// <summary>The graph inside a control-flow node, or null where it is not set.</summary>
    internal GraphProto? GetGraph(string name) => Find(name)?.G;

    /// <summary>A tensor attribute, or null where it is not set.</summary>
    /// <param name="name">The attribute.</param>
    public OnnxTensor? GetTensor(string name) => Find(name)?.T is { } tensor ? new OnnxTensor(tensor) : null;

    internal OnnxNode Set(string name, long value) =>
        Set(name, new AttributeProto { I = value, Type = AttributeProto.Types.AttributeType.Int });

    internal OnnxNode Set(string name, float value) =>
        Set(name, new AttributeProto { F = value, Type = AttributeProto.Types.AttributeType.Float });

    internal OnnxNode Set(string name, string value) =>
        Set(name, new AttributeProto { S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String });

    internal OnnxNode Set(string name, params ReadOnlySpan<long> values)
    {
        AttributeProto attribute = new() { Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values)
            attribute.Ints.Add(value);
        return Set(name, attribute);
    }

    internal OnnxNode Set(string name, OnnxTensor value) =>
        Set(name, new AttributeProto { T = value.Proto, Type = AttributeProto.Types.AttributeType.Tensor });

    internal OnnxNode Set(string name, GraphProto value) =>
        Set(name, new AttributeProto { G = value, Type = AttributeProto.Types.AttributeType.Graph });

    internal OnnxNode Set(string name, params ReadOnlySpan<float> values)
    {
        AttributeProto attribute = new() { Type = AttributeProto.Types.AttributeType.Floats };
        foreach (float value in values)
            attribute.Floats.Add(value);
        return Set(name, attribute);
    }

    /// <summary>Sets how the windows of a convolution or pool move.</summary>
    internal OnnxNode SetWindow(WindowGeometry window, ReadOnlySpan<long> pads) =>
        Set("kernel_shape", window.Kernel).Set("strides", window.Strides).Set("dilations", window.Dilations).Set("pads", pads);

    internal OnnxNode Clone() => new(Proto.Clone());

    /// <summary>Takes over all attributes of another node.</summary>
    internal OnnxNode SetAttributesOf(OnnxNode other)
    {
        foreach (AttributeProto attribute in other.Proto.Attribute)
            Set(attribute.Name, attribute.Clone());
        return this;
    }

    internal void Remove(string name)
    {
        if (Find(name) is { } attribute)
            Proto.Attribute.Remove(attribute);
    }

    /// <summary>Sets one input, or appends it behind the last.</summary>
    internal void SetInput(int index, string tensor)
    {
        if (index == Inputs.Count)
            Proto.Input.Add(tensor);
        else
            Proto.Input[index] = tensor;
    }

    /// <summary>Names one output; those before it that the node did not have are left out.</summary>
    internal void SetOutput(int index, string tensor)
    {
        while (Outputs.Count <= index)
            Proto.Output.Add("");
        Proto.Output[index] = tensor;
    }

    /// <summary>Replaces every use of a tensor, in the graphs inside the node too.</summary>
    internal void ReplaceUses(string from, string to)
    {
        ReplaceInput(from, to);
        foreach (AttributeProto attribute in Proto.Attribute)
            foreach (GraphProto graph in attribute.G is { } only ? attribute.Graphs.Append(only) : attribute.Graphs)
                ReplaceUses(graph, from, to);
    }

    private static void ReplaceUses(GraphProto graph, string from, string to)
    {
        bool isItsOwn =
            graph.Input.Any(input => input.Name == from)
            || graph.Initializer.Any(tensor => tensor.Name == from)
            || graph.Node.Any(node => node.Output.Contains(from));
        if (isItsOwn)
            return;
        foreach (NodeProto node in graph.Node)
            new OnnxNode(node).ReplaceUses(from, to);
        foreach (ValueInfoProto output in graph.Output.Where(output => output.Name == from))
            output.Name = to;
    }

    /// <summary>Drops the outputs behind the first so many.</summary>
    internal void TrimOutputs(int count)
    {
        while (Proto.Output.Count > count)
            Proto.Output.RemoveAt(Proto.Output.Count - 1);
    }

    /// <summary>Replaces every use of a tensor among the inputs.</summary>
    internal void ReplaceInput(string from, string to) => Replace(Proto.Input, from, to);

    /// <summary>Replaces a tensor among the outputs.</summary>
    internal void ReplaceOutput(string from, string to) => Replace(Proto.Output, from, to);

    /// <summary>The tensors of the graph around it that the graphs inside a control-flow node (If, Loop, Scan) may read.</summary>
    internal IEnumerable<string> OuterReferences() =>
        Proto.Attribute.SelectMany(attribute => attribute.Graphs.Concat(attribute.G is { } graph ? [graph] : [])).SelectMany(References);

    private static IEnumerable<string> References(GraphProto graph) =>
        graph
            .Node.SelectMany(node => node.Input.Concat(new OnnxNode(node).OuterReferences()))
            .Concat(graph.Output.Select(output => output.Name));

    private static void Replace(RepeatedField<string> tensors, string from, string to)
    {
        for (int i = 0; i < tensors.Count; i++)
            if (tensors[i] == from)
                tensors[i] = to;
    }

    private AttributeProto? Find(string name)
    {
        foreach (AttributeProto attribute in Proto.Attribute)
            if (attribute.Name == name)
                return attribute;
        return null;
    }

    private OnnxNode Set(string name, AttributeProto attribute)
    {
        Remove(name);
        attribute.Name = name;
        Proto.Attribute.Add(attribute);
        return this;
    }
}
