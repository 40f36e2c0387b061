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
}
