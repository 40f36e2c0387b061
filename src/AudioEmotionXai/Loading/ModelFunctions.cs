using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>Puts the nodes of functions that a file defines in the place of their calls.</summary>
internal static class ModelFunctions
{
    // A function can call others; one that calls itself ends here
    private const int MostNesting = 32, MostNodes = 20_000;

    /// <summary>Returns how many calls there were.</summary>
    /// <exception cref="ModelFormatException">Functions call each other without end.</exception>
    public static int Inline(OnnxModel model)
    {
        if (model.Functions.Count == 0)
            return 0;
        Dictionary<(string, string), FunctionProto> functions = [];
        foreach (FunctionProto function in model.Functions)
            functions[(Standard(function.Domain), function.Name)] = function;
        int inlined = 0;
        for (int depth = 0; model.Nodes.Any(node => functions.ContainsKey((node.Domain, node.OpType))); depth++)
        {
            if (depth == MostNesting || model.Nodes.Count > MostNodes)
                throw new ModelFormatException($"{model.Name}: its functions call each other more than {MostNesting} deep.");
            List<OnnxNode> nodes = [];
            foreach (OnnxNode node in model.Nodes)
            {
                if (functions.TryGetValue((node.Domain, node.OpType), out FunctionProto? function))
                    nodes.AddRange(Body(node, function, $"{node.Outputs[0]}/{function.Name}.{inlined++}"));
                else
                    nodes.Add(node);
            }

            model.ReplaceNodes(nodes);
        }

        foreach (OperatorSetIdProto imported in model.Functions.SelectMany(function => function.OpsetImport))
            if (!model.OperatorSets.Any(known => Standard(known.Domain) == Standard(imported.Domain)))
                model.OperatorSets.Add(imported.Clone());
        // Bodies of control flow may still call them; the runtime knows how
        if (!model.Nodes.Any(node => CallsInside(node.Proto, functions.Keys)))
            model.Functions.Clear();
        model.ClearValueInfos();
        return inlined;
    }

    private static bool CallsInside(NodeProto node, ICollection<(string, string)> functions) =>
        node.Attribute.SelectMany(attribute => attribute.G is { } graph ? attribute.Graphs.Append(graph) : attribute.Graphs)
            .SelectMany(graph => graph.Node)
            .Any(inner => functions.Contains((Standard(inner.Domain), inner.OpType)) || CallsInside(inner, functions));

    private static string Standard(string domain) => domain is "ai.onnx" ? "" : domain;

    private static List<OnnxNode> Body(OnnxNode call, FunctionProto function, string scope)
    {
        Dictionary<string, string> names = [];
        for (int i = 0; i < function.Input.Count; i++)
            names[function.Input[i]] = i < call.Inputs.Count ? call.Inputs[i] : "";
        List<OnnxNode> nodes = [.. function.Node.Select(node => new OnnxNode(node.Clone()))];
        foreach (OnnxNode node in nodes)
            FillIn(node.Proto, call, function);
        GraphNames.Rename(nodes, names, scope);
        for (int i = 0; i < function.Output.Count && i < call.Outputs.Count; i++)
            if (call.Outputs[i].Length > 0)
                nodes.Add(new OnnxNode(
                    "Identity", $"{scope}/output_{i}", [GraphNames.Of(names, function.Output[i])], [call.Outputs[i]]));
        return nodes;
    }

    /// <summary>Attributes that refer to the function's own get the call's, or the function's default, or go where there is
    /// neither.</summary>
    private static void FillIn(NodeProto node, OnnxNode call, FunctionProto function)
    {
        foreach (AttributeProto attribute in node.Attribute.ToList())
        {
            if (attribute.RefAttrName is { Length: > 0 } reference)
            {
                node.Attribute.Remove(attribute);
                AttributeProto? given = call.Proto.Attribute.Concat(function.AttributeProto).FirstOrDefault(a => a.Name == reference);
                if (given?.Clone() is { } value)
                {
                    value.Name = attribute.Name;
                    node.Attribute.Add(value);
                }
            }

            IEnumerable<GraphProto> graphs = attribute.G is { } graph ? attribute.Graphs.Append(graph) : attribute.Graphs;
            foreach (NodeProto inner in graphs.SelectMany(body => body.Node))
                FillIn(inner, call, function);
        }
    }
}
