using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>Puts the branch of an If whose condition is a constant in the place of the If.</summary>
internal static class ConstantBranches
{
    /// <summary>Returns how many there were.</summary>
    public static int Inline(OnnxModel model)
    {
        List<OnnxNode> nodes = [];
        int inlined = 0;
        foreach (OnnxNode node in model.Nodes)
        {
            if (node is { OpType: "If", Domain: "" } && BranchOf(model, node) is { } branch)
            {
                nodes.AddRange(Body(model, node, branch));
                inlined++;
            }
            else
            {
                nodes.Add(node);
            }
        }

        if (inlined > 0)
            model.ReplaceNodes(nodes);
        return inlined;
    }

    private static GraphProto? BranchOf(OnnxModel model, OnnxNode node)
    {
        if (!model.Initializers.TryGetValue(node.Inputs[0], out OnnxTensor? condition) || condition.Count != 1)
            return null;
        return node.GetGraph(condition.ToInt64s()[0] != 0 ? "then_branch" : "else_branch");
    }

    private static List<OnnxNode> Body(OnnxModel model, OnnxNode node, GraphProto branch)
    {
        string scope = node.Name.Length > 0 ? node.Name : node.Outputs[0];
        Dictionary<string, string> names = [];
        foreach (TensorProto tensor in branch.Initializer)
        {
            OnnxTensor renamed = new OnnxTensor(tensor).Renamed(names[tensor.Name] = $"{scope}/{tensor.Name}");
            model.AddInitializer(renamed);
        }

        List<OnnxNode> nodes = [.. branch.Node.Select(inner => new OnnxNode(inner.Clone()))];
        GraphNames.Rename(nodes, names, scope);
        for (int i = 0; i < node.Outputs.Count; i++)
            if (node.Outputs[i].Length > 0)
                nodes.Add(new OnnxNode(
                    "Identity", $"{scope}/output_{i}", [GraphNames.Of(names, branch.Output[i].Name)], [node.Outputs[i]]));
        return nodes;
    }
}
