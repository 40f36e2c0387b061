namespace AudioEmotionXai.Tests;

internal static class ModelEditing
{
    /// <summary>Adds a node behind the model's output, which becomes the output.</summary>
    public static OnnxModel WithNode(this OnnxModel model, string opType, string name, Action<OnnxNode>? set = null)
    {
        OnnxValueInfo output = model.Outputs[0];
        string next = $"{output.Name}+";
        OnnxNode node = model.Add(new OnnxNode(opType, name, [output.Name], [next]));
        set?.Invoke(node);
        model.ClearOutputs();
        model.AddOutput(new OnnxValueInfo(next, OnnxElementType.Float, output.Shape));
        return model;
    }

    /// <summary>Puts a node that reads a tensor behind the one that writes it; all that read the tensor read the node's first output
    /// instead.</summary>
    public static OnnxModel Behind(this OnnxModel model, string tensor, OnnxNode node)
    {
        int producer = model.Nodes.ToList().FindIndex(candidate => candidate.Outputs.Contains(tensor));
        foreach (OnnxNode reader in model.Nodes)
            reader.ReplaceInput(tensor, node.Outputs[0]);
        model.Insert(producer + 1, node);
        return model;
    }
}
