using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>Graphs inside control-flow nodes (If, Loop, Scan), which may read tensors of the graph around them.</summary>
internal static class Subgraphs
{
    public static IEnumerable<string> OuterReferences(OnnxNode node)
    {
        foreach (AttributeProto attribute in node.Proto.Attribute)
        {
            if (attribute.G is not null)
                foreach (string name in References(attribute.G))
                    yield return name;
            foreach (GraphProto graph in attribute.Graphs)
                foreach (string name in References(graph))
                    yield return name;
        }
    }

    private static IEnumerable<string> References(GraphProto graph) =>
        graph
            .Node.SelectMany(node => node.Input.Concat(OuterReferences(new OnnxNode(node))))
            .Concat(graph.Output.Select(output => output.Name));
}
