using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>Graphs of the operator sets 7 to 10, as CNTK, Paddle and older exporters wrote them, in the spelling of 11.</summary>
internal static class OldOperatorSets
{
    /// <summary>The oldest that can be read.</summary>
    public const int Oldest = 7;

    private const int New = 11;

    private static readonly FrozenDictionary<string, Action<OnnxModel, OnnxNode>> s_changes =
        new Dictionary<string, Action<OnnxModel, OnnxNode>>
        {
            { "Slice", (model, node) => AttributesToInputs(model, node, "starts", "ends", "axes") },
            { "Pad", Pad },
            { "Clip", Clip },
            { "TopK", TopK },
            { "BatchNormalization", BatchNormalization },
            { "Upsample", Resize },
            { "Resize", Resize },
            { "Scatter", (_, node) => node.Proto.OpType = "ScatterElements" },
        }.ToFrozenDictionary();

    /// <summary>Returns how many nodes were changed, or 1 where only the number of the operator set did.</summary>
    public static int Upgrade(OnnxModel model)
    {
        if (model.Opset is < Oldest or >= New)
            return 0;
        ConstantNodes.MoveToInitializers(model);
        int changed = 0;
        foreach (OnnxNode node in model.Nodes)
            if (node.Domain.Length == 0 && s_changes.TryGetValue(node.OpType, out Action<OnnxModel, OnnxNode>? change))
            {
                change(model, node);
                changed++;
            }

        model.MoveTo(New);
        return Math.Max(1, changed);
    }

    private static void AttributesToInputs(OnnxModel model, OnnxNode node, params ReadOnlySpan<string> attributes)
    {
        for (int i = 0; i < attributes.Length; i++)
            if (node.GetInts(attributes[i]) is { } values)
            {
                node.SetInput(i + 1, Integers(model, node, attributes[i], values));
                node.Remove(attributes[i]);
            }
    }

    private static void Pad(OnnxModel model, OnnxNode node)
    {
        if (node.GetInts("pads") is not { } pads)
            return;
        node.SetInput(1, Integers(model, node, "pads", pads));
        node.SetInput(2, Number(model, node, "value", node.GetFloat("value", 0)));
        node.Remove("pads");
        node.Remove("value");
    }

    private static void Clip(OnnxModel model, OnnxNode node)
    {
        bool hasMost = node.HasAttribute("max");
        if (node.HasAttribute("min") || hasMost)
            node.SetInput(1, node.HasAttribute("min") ? Number(model, node, "min", node.GetFloat("min", 0)) : "");
        if (hasMost)
            node.SetInput(2, Number(model, node, "max", node.GetFloat("max", 0)));
        node.Remove("min");
        node.Remove("max");
    }

    private static void TopK(OnnxModel model, OnnxNode node)
    {
        if (node.HasAttribute("k"))
            node.SetInput(1, Integers(model, node, "k", [node.GetInt("k", 1)]));
        node.Remove("k");
    }

    private static void BatchNormalization(OnnxModel model, OnnxNode node)
    {
        if (node.GetInt("spatial", 1) == 0)
            throw new ModelFormatException(
                $"{model.Name}: {node}: has statistics for every cell (spatial 0); statistics for channels were expected.");
        foreach (string gone in (ReadOnlySpan<string>)["spatial", "is_test", "consumed_inputs"])
            node.Remove(gone);
        node.TrimOutputs(1);
    }

    /// <summary>Cells i of the result come from i / factor: the one before where it grows, the one behind where it shrinks.</summary>
    private static void Resize(OnnxModel model, OnnxNode node)
    {
        bool isUpsample = node.OpType is "Upsample";
        string scales = node.GetFloats("scales") is { } given ? Floats(model, node, "scales", given) : node.Inputs[1];
        bool isNearest = node.GetString("mode", "nearest") is "nearest";
        float[]? factors = model.Initializers.GetValueOrDefault(scales)?.ToFloats();
        bool shrinks = !isUpsample && factors is not null && Array.Exists(factors, factor => factor < 1);
        if (isNearest && shrinks && Array.Exists(factors!, factor => factor > 1))
            throw new ModelFormatException(
                $"{model.Name}: {node}: grows along one axis and shrinks along another, which is not supported.");
        node.Proto.OpType = "Resize";
        node.Remove("scales");
        node.SetInput(1, Floats(model, node, "roi", []));
        node.SetInput(2, scales);
        node.Set("mode", isNearest ? "nearest" : "linear").Set("coordinate_transformation_mode", "asymmetric");
        if (isNearest)
            node.Set("nearest_mode", shrinks ? "ceil" : "floor");
    }

    private static string Integers(OnnxModel model, OnnxNode node, string what, long[] values)
    {
        string name = $"{node.Outputs[0]}/{what}";
        model.AddInitializer(OnnxTensor.FromInt64s(name, values, values.Length));
        return name;
    }

    private static string Floats(OnnxModel model, OnnxNode node, string what, float[] values)
    {
        string name = $"{node.Outputs[0]}/{what}";
        model.AddInitializer(OnnxTensor.FromFloats(name, values, values.Length));
        return name;
    }

    private static string Number(OnnxModel model, OnnxNode node, string what, float value)
    {
        string name = $"{node.Outputs[0]}/{what}";
        model.AddInitializer(OnnxTensor.FromFloats(name, [value]));
        return name;
    }
}
