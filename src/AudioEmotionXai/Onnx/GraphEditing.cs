namespace AudioEmotionXai;

/// <summary>Changes to a model's graph that keep what it computes.</summary>
internal static class GraphEditing
{
    /// <summary>Makes the named tensors the model's outputs and drops every node, constant and input that they do not need.</summary>
    public static void Prune(OnnxModel model, ShapeTable shapes, params ReadOnlySpan<string> outputs)
    {
        Dictionary<string, OnnxValueInfo> declared = model.Outputs.ToDictionary(output => output.Name);
        model.ClearOutputs();
        foreach (string output in outputs)
            model.AddOutput(declared.TryGetValue(output, out OnnxValueInfo? known) ? known : Describe(model, shapes, output));
        RemoveUnused(model);
    }

    /// <summary>Declares one more tensor as an output.</summary>
    /// <exception cref="ModelFormatException">The model computes no tensor of that name.</exception>
    public static void AddOutput(OnnxModel model, ShapeTable shapes, string tensor)
    {
        if (!model.Outputs.Any(output => output.Name == tensor))
            model.AddOutput(Describe(model, shapes, tensor));
    }

    /// <summary>Gives outputs that were declared without a shape the one that follows from the inputs', so that readers of the file know
    /// what to expect.</summary>
    public static void DeclareOutputShapes(OnnxModel model)
    {
        ShapeTable shapes = ShapeInference.Infer(model);
        OnnxValueInfo[] outputs = [.. model.Outputs];
        model.ClearOutputs();
        foreach (OnnxValueInfo output in outputs)
            model.AddOutput(output.Shape is null ? Describe(model, shapes, output.Name) : output);
    }

    /// <summary>Drops nodes and constants that no output depends on.</summary>
    public static void RemoveUnused(OnnxModel model)
    {
        HashSet<string> needed = [.. model.Outputs.Select(output => output.Name)];
        List<OnnxNode> kept = [];
        for (int i = model.Nodes.Count - 1; i >= 0; i--)
        {
            OnnxNode node = model.Nodes[i];
            if (!node.Outputs.Any(needed.Contains))
                continue;
            kept.Add(node);
            needed.UnionWith(node.Inputs);
            needed.UnionWith(node.OuterReferences());
        }

        kept.Reverse();
        model.ReplaceNodes(kept);
        foreach (string name in model.Initializers.Keys.Where(name => !needed.Contains(name)).ToList())
            model.RemoveInitializer(name);
    }

    /// <summary>Replaces nodes whose integer results follow from shapes alone by constants, and constants passed on by Identity;
    /// returns how many.</summary>
    public static int FoldConstants(OnnxModel model)
    {
        ConstantNodes.MoveToInitializers(model);
        ShapeTable shapes = ShapeInference.Infer(model);
        Dictionary<string, string> aliases = [];
        HashSet<string> outputs = [.. model.Outputs.Select(output => output.Name)];
        List<OnnxNode> kept = [];
        foreach (OnnxNode node in model.Nodes)
        {
            foreach (string read in node.Inputs.Concat(node.OuterReferences()).Where(aliases.ContainsKey).ToList())
                node.ReplaceUses(read, aliases[read]);
            if (node.Outputs.Count != 1 || outputs.Contains(node.Outputs[0]))
                kept.Add(node);
            else if (node.OpType is "Identity" && node.Domain.Length == 0 && model.Initializers.ContainsKey(node.Inputs[0]))
                aliases[node.Outputs[0]] = node.Inputs[0];
            else if (KnownContent(shapes, node.Outputs[0]) is { } tensor)
                model.AddInitializer(tensor);
            else
                kept.Add(node);
        }

        int folded = model.Nodes.Count - kept.Count;
        model.ReplaceNodes(kept);
        RemoveUnused(model);
        return folded;
    }

    private static OnnxTensor? KnownContent(ShapeTable shapes, string name)
    {
        if (!shapes.TryGet(name, out TensorInfo? info)
            || info is not { ElementType: OnnxElementType.Int64, Shape: { Length: <= 1 } shape, Content: { } content }
        )
            return null;
        if (!Array.TrueForAll(content, dim => dim.IsFixed))
            return null;
        long[] values = Array.ConvertAll(content, dim => dim.Offset);
        return shape.Length == 0 ? OnnxTensor.FromInt64s(name, values) : OnnxTensor.FromInt64s(name, values, values.Length);
    }

    private static OnnxValueInfo Describe(OnnxModel model, ShapeTable shapes, string tensor)
    {
        if (!shapes.TryGet(tensor, out TensorInfo? info))
            throw new ModelFormatException($"{model.Name}: there is no tensor '{tensor}' in the graph.");
        OnnxElementType type = info.ElementType == OnnxElementType.Undefined ? OnnxElementType.Float : info.ElementType;
        return new OnnxValueInfo(tensor, type, info.Shape is { } shape ? [.. shape.Select(dim => dim.ToDeclared())] : null);
    }
}

/// <summary>Constants that exporters write as nodes instead of initialisers.</summary>
internal static class ConstantNodes
{
    /// <summary>The tensor a Constant node stands for, or null for another node or a kind of constant that is not a number.</summary>
    public static OnnxTensor? ValueOf(OnnxNode node)
    {
        if (node.OpType != "Constant" || node.Domain.Length > 0)
            return null;
        string name = node.Outputs[0];
        if (node.GetTensor("value") is { } tensor)
            return tensor.Renamed(name);
        if (node.HasAttribute("value_float"))
            return OnnxTensor.FromFloats(name, [node.GetFloat("value_float", 0)]);
        if (node.HasAttribute("value_int"))
            return OnnxTensor.FromInt64s(name, [node.GetInt("value_int", 0)]);
        if (node.GetInts("value_ints") is { } ints)
            return OnnxTensor.FromInt64s(name, ints, ints.Length);
        return node.GetFloats("value_floats") is { } floats ? OnnxTensor.FromFloats(name, floats, floats.Length) : null;
    }

    /// <summary>Turns every Constant node that holds numbers into an initialiser of the same name.</summary>
    public static void MoveToInitializers(OnnxModel model)
    {
        List<OnnxNode> rest = [];
        foreach (OnnxNode node in model.Nodes)
        {
            if (ValueOf(node) is { } tensor)
                model.AddInitializer(tensor);
            else
                rest.Add(node);
        }

        model.ReplaceNodes(rest);
    }
}
