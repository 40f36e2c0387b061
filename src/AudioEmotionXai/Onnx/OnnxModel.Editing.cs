using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

// How a model is made, copied and changed
public sealed partial class OnnxModel
{
    /// <summary>Starts an empty model in a version of the standard operator set.</summary>
    internal static OnnxModel Create(int opset, string graphName)
    {
        ModelProto proto = new()
        {
            IrVersion = opset >= 21 ? 10 : 8,
            ProducerName = "AudioEmotionXai",
            Graph = new GraphProto { Name = graphName },
        };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        return new OnnxModel(proto, graphName);
    }

    /// <summary>A graph inside a node of another model as a model of its own, to be edited and put back; what it reads of the graph around
    /// it is written by none of its nodes.</summary>
    internal static OnnxModel OfSubgraph(GraphProto graph, OnnxModel outer)
    {
        ModelProto proto = new() { IrVersion = outer._proto.IrVersion, Graph = graph.Clone() };
        proto.OpsetImport.AddRange(outer._proto.OpsetImport);
        return new OnnxModel(proto, outer.Name);
    }

    /// <summary>The graph alone, as it stands inside a node.</summary>
    internal GraphProto ToGraph() => ToProto(tensor => tensor).Graph;

    internal void AddInput(OnnxValueInfo input) => _proto.Graph.Input.Add(input.ToProto());

    internal void RemoveInput(string name)
    {
        foreach (ValueInfoProto input in _proto.Graph.Input.Where(input => input.Name == name).ToList())
            _proto.Graph.Input.Remove(input);
    }

    internal void AddOutput(OnnxValueInfo output) => _proto.Graph.Output.Add(output.ToProto());

    /// <summary>Takes over the declaration of an input, of whatever type.</summary>
    internal void ReplaceInput(OnnxValueInfo input)
    {
        for (int i = 0; i < _proto.Graph.Input.Count; i++)
            if (_proto.Graph.Input[i].Name == input.Name)
                _proto.Graph.Input[i] = input.ToProto();
    }

    internal void ClearOutputs() => _proto.Graph.Output.Clear();

    internal void ClearValueInfos() => _proto.Graph.ValueInfo.Clear();

    internal void AddValueInfo(OnnxValueInfo info) => _proto.Graph.ValueInfo.Add(info.ToProto());

    /// <summary>The operators that the file defines by graphs of others.</summary>
    internal IList<FunctionProto> Functions => _proto.Functions;

    /// <summary>The versions of the operator sets that the graph uses.</summary>
    internal IList<OperatorSetIdProto> OperatorSets => _proto.OpsetImport;

    /// <summary>Says that the graph is written in another version of the standard operator set; constants are no inputs any more, which
    /// files of old versions list among them.</summary>
    internal void MoveTo(int opset)
    {
        foreach (OperatorSetIdProto import in _proto.OpsetImport)
            if (import.Domain is "" or "ai.onnx")
                import.Version = opset;
        _proto.IrVersion = Math.Max(_proto.IrVersion, 8);
        foreach (string name in _initializers.Keys)
            RemoveInput(name);
    }

    /// <summary>Adds a node, whose inputs exist by then, at the end and returns it.</summary>
    internal OnnxNode Add(OnnxNode node)
    {
        _nodes.Add(node);
        return node;
    }

    internal void Insert(int index, OnnxNode node) => _nodes.Insert(index, node);

    internal void ReplaceNodes(IEnumerable<OnnxNode> nodes)
    {
        List<OnnxNode> replacement = [.. nodes];
        _nodes.Clear();
        _nodes.AddRange(replacement);
    }

    /// <summary>Adds a constant tensor, or replaces the one of that name.</summary>
    internal void AddInitializer(OnnxTensor tensor) => _initializers[tensor.Name] = tensor;

    internal bool RemoveInitializer(string name) => _initializers.Remove(name);

    internal void SetMetadata(string key, string value)
    {
        StringStringEntryProto? entry = _proto.MetadataProps.FirstOrDefault(existing => existing.Key == key);
        if (entry is null)
            _proto.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        else
            entry.Value = value;
    }

    /// <summary>A copy whose nodes and tables can be edited on their own; the weights' bytes are shared.</summary>
    internal OnnxModel Clone() => new(ToProto(tensor => tensor), Name);

    /// <summary>A copy for looking at shapes: constants that are no shapes have no data.</summary>
    internal OnnxModel WithoutWeights() => new(
        ToProto(tensor =>
        {
            OnnxTensor constant = new(tensor);
            if (constant.Count <= 64 || tensor.RawData.Length == 0)
                return tensor;
            TensorProto empty = new() { Name = tensor.Name, DataType = tensor.DataType };
            empty.Dims.AddRange(tensor.Dims);
            return empty;
        }),
        Name);

    /// <summary>The model without its graph: operator sets and functions.</summary>
    internal ModelProto ToSkeleton()
    {
        ModelProto proto = new() { IrVersion = _proto.IrVersion, Graph = new GraphProto { Name = _proto.Graph.Name } };
        proto.OpsetImport.AddRange(_proto.OpsetImport);
        proto.Functions.AddRange(_proto.Functions);
        return proto;
    }
}
