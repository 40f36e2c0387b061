using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>Names of tensors and nodes that move from a graph inside another into that one.</summary>
internal static class GraphNames
{
    /// <summary>Gives the tensors that nodes write a scope, and renames what they read by the table, graphs inside them
    /// included.</summary>
    /// <param name="nodes">The nodes; they are changed.</param>
    /// <param name="names">The new names of tensors from outside; those of the tensors that the nodes write are added.</param>
    /// <param name="scope">What the nodes belong to; two moves never share one.</param>
    public static void Rename(IReadOnlyList<OnnxNode> nodes, Dictionary<string, string> names, string scope)
    {
        foreach (OnnxNode node in nodes)
        {
            for (int i = 0; i < node.Outputs.Count; i++)
                if (node.Outputs[i].Length > 0)
                    names.TryAdd(node.Outputs[i], $"{scope}/{node.Outputs[i]}");
            if (node.Name.Length > 0)
                node.Proto.Name = $"{scope}/{node.Name}";
            Rename(node.Proto, names);
        }
    }

    /// <summary>The new name of a tensor, or the old where it keeps that.</summary>
    public static string Of(Dictionary<string, string> names, string tensor) => names.GetValueOrDefault(tensor, tensor);

    private static void Rename(NodeProto node, Dictionary<string, string> names)
    {
        for (int i = 0; i < node.Input.Count; i++)
            node.Input[i] = Of(names, node.Input[i]);
        for (int i = 0; i < node.Output.Count; i++)
            node.Output[i] = Of(names, node.Output[i]);
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.G is { } graph)
                RenameFree(graph, names);
            foreach (GraphProto inner in attribute.Graphs)
                RenameFree(inner, names);
        }
    }

    /// <summary>Renames what a graph inside a node reads from outside; its own names hide those.</summary>
    private static void RenameFree(GraphProto graph, Dictionary<string, string> names)
    {
        Dictionary<string, string> outer = new(names);
        foreach (string own in graph.Input.Select(input => input.Name)
            .Concat(graph.Initializer.Select(tensor => tensor.Name))
            .Concat(graph.Node.SelectMany(node => node.Output)))
            outer.Remove(own);
        foreach (NodeProto node in graph.Node)
            Rename(node, outer);
        foreach (ValueInfoProto output in graph.Output)
            output.Name = Of(outer, output.Name);
    }
}
