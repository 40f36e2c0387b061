using AudioEmotionXai.Protobuf;
using Google.Protobuf;

namespace AudioEmotionXai;

/// <summary>One operator of a model's graph with its attributes and the names of the tensors it reads and writes.</summary>
public sealed class OnnxNode
{
    internal OnnxNode(NodeProto proto) => Proto = proto;

    /// <summary>Creates a node of the standard operator set.</summary>
    /// <param name="opType">The operator, such as <c>Conv</c>.</param>
    /// <param name="name">The node's name, as error messages will quote it.</param>
    /// <param name="inputs">The tensors it reads; an empty name leaves an optional input out.</param>
    /// <param name="outputs">The tensors it writes.</param>
    public OnnxNode(string opType, string name, IEnumerable<string> inputs, IEnumerable<string> outputs)
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
    public IList<string> Inputs => Proto.Input;

    /// <summary>The tensors it writes; an empty name is an optional output left out.</summary>
    public IList<string> Outputs => Proto.Output;

    internal NodeProto Proto { get; }

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

    /// <summary>A tensor attribute, or null where it is not set.</summary>
    /// <param name="name">The attribute.</param>
    public OnnxTensor? GetTensor(string name) => Find(name)?.T is { } tensor ? new OnnxTensor(tensor) : null;

    /// <summary>Sets an integer attribute.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="value">Its value.</param>
    public OnnxNode Set(string name, long value) =>
        Set(name, new AttributeProto { I = value, Type = AttributeProto.Types.AttributeType.Int });

    /// <summary>Sets a float attribute.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="value">Its value.</param>
    public OnnxNode Set(string name, float value) =>
        Set(name, new AttributeProto { F = value, Type = AttributeProto.Types.AttributeType.Float });

    /// <summary>Sets a text attribute.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="value">Its value.</param>
    public OnnxNode Set(string name, string value) =>
        Set(name, new AttributeProto { S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String });

    /// <summary>Sets a list of integers.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="values">Its values.</param>
    public OnnxNode Set(string name, params ReadOnlySpan<long> values)
    {
        AttributeProto attribute = new() { Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values)
            attribute.Ints.Add(value);
        return Set(name, attribute);
    }

    /// <summary>Sets a tensor attribute.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="value">Its value.</param>
    public OnnxNode Set(string name, OnnxTensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Set(name, new AttributeProto { T = value.Proto, Type = AttributeProto.Types.AttributeType.Tensor });
    }

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

    /// <summary>Replaces every use of a tensor among the inputs.</summary>
    internal void ReplaceInput(string from, string to)
    {
        for (int i = 0; i < Inputs.Count; i++)
            if (Inputs[i] == from)
                Inputs[i] = to;
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
