using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>A graph inside a node (of If, Loop or Scan) as a model of its own, with the shapes of its tensors and of those around
/// it.</summary>
internal sealed class BodyGraph
{
    private BodyGraph(OnnxModel model, ShapeTable shapes)
    {
        Model = model;
        Shapes = shapes;
        Inputs = [.. model.Inputs.Select(input => input.Name)];
        Outputs = [.. model.Outputs.Select(output => output.Name)];
        HashSet<string> own = [.. Inputs, .. model.Initializers.Keys, .. model.Nodes.SelectMany(node => node.Outputs)];
        IEnumerable<string> read = model.Nodes.SelectMany(node => node.Inputs.Concat(node.OuterReferences()));
        Reads = [.. read.Where(name => name.Length > 0 && !own.Contains(name)).Distinct()];
    }

    /// <summary>A copy of the graph, its constants as initialisers.</summary>
    public OnnxModel Model { get; }

    public ShapeTable Shapes { get; }

    public string[] Inputs { get; }

    public string[] Outputs { get; }

    /// <summary>The tensors of the graphs around it that it reads.</summary>
    public string[] Reads { get; }

    /// <summary>Reads a graph and infers its shapes.</summary>
    /// <param name="outer">The model around it.</param>
    /// <param name="shapes">The shapes of that model.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">What is known of the graph's inputs.</param>
    /// <exception cref="ArgumentException">The graph has another number of inputs.</exception>
    public static BodyGraph Of(OnnxModel outer, ShapeTable shapes, GraphProto graph, params ReadOnlySpan<TensorInfo> inputs)
    {
        OnnxModel model = OnnxModel.OfSubgraph(graph, outer);
        ConstantNodes.MoveToInitializers(model);
        IReadOnlyList<OnnxValueInfo> declared = model.Inputs;
        if (declared.Count != inputs.Length)
            throw new ArgumentException($"the graph inside it has {declared.Count} inputs; {inputs.Length} were expected");
        ShapeTable table = shapes.Copy();
        for (int i = 0; i < declared.Count; i++)
            table[declared[i].Name] = inputs[i];
        foreach (OnnxTensor tensor in model.Initializers.Values)
            table[tensor.Name] = ShapeInference.OfConstant(tensor);
        Dictionary<string, OnnxValueInfo> said = [];
        foreach (OnnxValueInfo info in model.ValueInfos.Concat(model.Outputs))
            said[info.Name] = info;
        foreach (OnnxNode node in model.Nodes)
            ShapeInference.InferNode(model, node, table, said);
        return new BodyGraph(model, table);
    }

    /// <summary>What is known of an output.</summary>
    public TensorInfo Output(int index) =>
        Shapes.TryGet(Outputs[index], out TensorInfo? info) ? info : new TensorInfo(OnnxElementType.Undefined, null);
}
