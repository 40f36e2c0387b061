namespace AudioEmotionXai;

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
