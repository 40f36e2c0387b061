using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>
/// Looks for external data anywhere but in the graph's own initialisers, which <see cref="ExternalTensorData"/> reads: in attributes,
/// subgraphs, functions, sparse tensors. The runtime would open such files by itself, wherever they are.
/// </summary>
internal static class StrayExternalData
{
    /// <exception cref="ModelFormatException">A tensor keeps its data in another file.</exception>
    public static void ThrowIfAny(ModelProto proto, string model)
    {
        foreach (NodeProto node in proto.Graph.Node.Concat(proto.Functions.SelectMany(function => function.Node)))
            Refuse(node, model);
        foreach (SparseTensorProto sparse in proto.Graph.SparseInitializer)
            Refuse(sparse, model);
    }

    private static void Refuse(NodeProto node, string model)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            foreach (TensorProto tensor in attribute.Tensors.Append(attribute.T))
                Refuse(tensor, model);
            foreach (SparseTensorProto sparse in attribute.SparseTensors.Append(attribute.SparseTensor))
                Refuse(sparse, model);
            foreach (GraphProto graph in attribute.Graphs.Append(attribute.G))
                Refuse(graph, model);
        }
    }

    private static void Refuse(GraphProto? graph, string model)
    {
        if (graph is null)
            return;
        foreach (TensorProto tensor in graph.Initializer)
            Refuse(tensor, model);
        foreach (SparseTensorProto sparse in graph.SparseInitializer)
            Refuse(sparse, model);
        foreach (NodeProto node in graph.Node)
            Refuse(node, model);
    }

    private static void Refuse(SparseTensorProto? sparse, string model)
    {
        Refuse(sparse?.Values, model);
        Refuse(sparse?.Indices, model);
    }

    private static void Refuse(TensorProto? tensor, string model)
    {
        if (tensor is not null && (tensor.DataLocation != TensorProto.Types.DataLocation.Default || tensor.ExternalData.Count > 0))
            throw new ModelFormatException(
                $"{model}: the tensor '{tensor.Name}' keeps its data in another file; only the initialisers of the graph itself may.");
    }
}
