namespace AudioEmotionXai;

/// <summary>
/// Layer normalisations that an exporter wrote as several operators, as the one operator, so that two exports of a network are one graph.
/// ONNX Runtime has the operator in every version of the standard operator set; the standard itself from 17 on.
/// </summary>
internal static class NormalizationFusing
{
    /// <summary>Returns how many there were.</summary>
    public static int Fuse(OnnxModel model)
    {
        ShapeTable shapes = ShapeInference.Infer(model);
        WrittenOutNormalizations found = new(model, shapes);
        if (found.Count == 0)
            return 0;
        List<OnnxNode> nodes = [];
        int fused = 0;
        foreach (OnnxNode node in model.Nodes)
        {
            if (found.Of(node) is { } whole && whole.Result == node.Outputs[0] && Fused(model, shapes, node, whole) is { } norm)
            {
                nodes.Add(norm);
                fused++;
            }
            else
            {
                nodes.Add(node);
            }
        }

        model.ReplaceNodes(nodes);
        GraphEditing.RemoveUnused(model);
        return fused;
    }

    private static OnnxNode? Fused(OnnxModel model, ShapeTable shapes, OnnxNode end, WrittenOutNormalization whole)
    {
        bool isCentred = whole.Nodes.Any(node => node.OpType is "Sub" && node.Inputs[0] == whole.Source);
        if (!isCentred || shapes.ShapeOf(whole.Source) is not { } shape || AxisOf(model, whole, shape.Length) is not { } axis
            || EpsilonOf(model, whole) is not { } epsilon)
            return null;
        Dim[] last = shape[axis..];
        string? gamma = whole.Gamma is null ? Ones(model, whole, last) : Fitting(model, whole.Gamma, last, whole);
        string? beta = whole.Beta is null ? "" : Fitting(model, whole.Beta, last, whole);
        if (gamma is null || beta is null)
            return null;
        OnnxNode norm = new(
            "LayerNormalization", end.Name, beta.Length > 0 ? [whole.Source, gamma, beta] : [whole.Source, gamma], [whole.Result]);
        return norm.Set("axis", axis - shape.Length).Set("epsilon", epsilon);
    }

    /// <summary>The first of the axes, where all means are over the same axes, which are the last.</summary>
    private static int? AxisOf(OnnxModel model, WrittenOutNormalization whole, int rank)
    {
        int? first = null;
        foreach (OnnxNode mean in whole.Nodes.Where(node => node.OpType is "ReduceMean"))
        {
            long[]? given = mean.GetInts("axes");
            if (given is null && mean.HasInput(1))
                given = model.Initializers.GetValueOrDefault(mean.Inputs[1])?.ToInt64s();
            if (given is null)
                return null;
            long[] axes = [.. given.Select(axis => (long)ShapeContext.Normalize(axis, rank)).Order()];
            if (axes.Length == 0 || !axes.SequenceEqual(GraphEmitter.Axes(rank - axes.Length, rank)) || (first ?? axes[0]) != axes[0])
                return null;
            first = (int)axes[0];
        }

        return first;
    }

    /// <summary>What is added to the variance; 0 where nothing is, null where it is no single number.</summary>
    private static float? EpsilonOf(OnnxModel model, WrittenOutNormalization whole)
    {
        OnnxNode[] sums = [.. whole.Nodes.Where(node => node.OpType is "Add" && !node.Inputs.Contains(whole.Beta ?? "\0"))];
        if (sums.Length == 0)
            return 0;
        if (sums is not [{ } sum])
            return null;
        OnnxTensor? added = model.Initializers.GetValueOrDefault(sum.Inputs[0]) ?? model.Initializers.GetValueOrDefault(sum.Inputs[1]);
        return added is { Count: 1 } ? added.ToFloats()[0] : null;
    }

    private static string? Ones(OnnxModel model, WrittenOutNormalization whole, Dim[] last)
    {
        if (!Array.TrueForAll(last, length => length.IsFixed))
            return null;
        long[] shape = Array.ConvertAll(last, length => length.Offset);
        float[] ones = GraphEmitter.NewFloats(shape);
        Array.Fill(ones, 1);
        string name = $"{whole.Result}/ones";
        model.AddInitializer(OnnxTensor.Wrap(name, ones, shape));
        return name;
    }

    /// <summary>A constant with as many cells as the last axes; leading axes of one cell are dropped.</summary>
    private static string? Fitting(OnnxModel model, string tensor, Dim[] last, WrittenOutNormalization whole)
    {
        OnnxTensor constant = model.Initializers[tensor];
        int extra = constant.Shape.Count - last.Length;
        if (extra < 0 || constant.Shape.Take(extra).Any(length => length != 1)
            || !constant.Shape.Skip(extra).Select(length => (Dim)length).SequenceEqual(last))
            return null;
        if (extra == 0)
            return tensor;
        string name = $"{whole.Result}/{tensor}";
        model.AddInitializer(OnnxTensor.FromFloats(name, constant.ToFloats(), [.. constant.Shape.Skip(extra)]));
        return name;
    }
}
