using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>Computes what follows from constants alone, with the runtime: padding that an exporter wrote as six nodes, filters and windows,
/// weights stored as integers, tables of positions.</summary>
internal static class RuntimeFolding
{
    // 256 MiB of float32, and where more than that is made of little, it stays a computation
    private const long MostElements = 1L << 26;

    private static readonly FrozenSet<string> s_random =
        FrozenSet.Create("RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli", "Dropout");

    /// <summary>Replaces nodes whose inputs are constants by their results; returns how many.</summary>
    public static int Fold(OnnxModel model)
    {
        HashSet<string> constant = [.. model.Initializers.Keys], outputs = [.. model.Outputs.Select(output => output.Name)];
        List<OnnxNode> nodes = [];
        foreach (OnnxNode node in model.Nodes)
        {
            if (!IsFoldable(node)
                || node.Outputs.Any(outputs.Contains)
                || !node.Inputs.Concat(node.OuterReferences()).All(name => name.Length == 0 || constant.Contains(name)))
                continue;
            nodes.Add(node);
            constant.UnionWith(node.Outputs);
        }

        if (nodes.Count == 0)
            return 0;
        ThrowOutLarge(model, nodes);
        List<string> wanted = ReadByOthers(model, nodes);
        if (wanted.Count > 0 && GraphEvaluator.Evaluate(model, nodes, wanted) is { } results && results.Count == wanted.Count)
            return Replace(model, nodes, results);
        return wanted.Count == 0 ? 0 : nodes.Sum(node => FoldOne(model, node));
    }

    private static bool IsFoldable(OnnxNode node) =>
        !s_random.Contains(node.OpType)
        && !node.OpType.Contains("Sequence", StringComparison.Ordinal)
        && !node.OpType.StartsWith("Optional", StringComparison.Ordinal);

    /// <summary>Leaves out what would make a large tensor of little, and all that reads it.</summary>
    private static void ThrowOutLarge(OnnxModel model, List<OnnxNode> nodes)
    {
        ShapeTable shapes = ShapeInference.Infer(model);
        HashSet<string> large = [];
        nodes.RemoveAll(node =>
        {
            bool isLarge = node.Inputs.Any(large.Contains) || node.Outputs.Any(output => IsLarge(shapes, output));
            if (isLarge)
                large.UnionWith(node.Outputs);
            return isLarge;
        });
    }

    private static bool IsLarge(ShapeTable shapes, string tensor)
    {
        if (tensor.Length == 0 || shapes.ShapeOf(tensor) is not { } shape)
            return false;
        Int128 elements = 1;
        foreach (Dim length in shape)
            elements = Int128.Min(elements * (length.Value ?? 1), long.MaxValue);
        return elements > MostElements;
    }

    private static List<string> ReadByOthers(OnnxModel model, List<OnnxNode> nodes)
    {
        HashSet<OnnxNode> folded = [.. nodes];
        HashSet<string> read = [.. model.Outputs.Select(output => output.Name)];
        foreach (OnnxNode node in model.Nodes.Where(node => !folded.Contains(node)))
            read.UnionWith(node.Inputs.Concat(node.OuterReferences()));
        return [.. nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0 && read.Contains(name))];
    }

    /// <summary>One node by itself, where the runtime did not take all of them together.</summary>
    private static int FoldOne(OnnxModel model, OnnxNode node)
    {
        if (!node.Inputs.Concat(node.OuterReferences()).All(name => name.Length == 0 || model.Initializers.ContainsKey(name)))
            return 0;
        List<string> wanted = [.. node.Outputs.Where(name => name.Length > 0)];
        return GraphEvaluator.Evaluate(model, [node], wanted) is { } results && results.Count == wanted.Count
            ? Replace(model, [node], results)
            : 0;
    }

    private static int Replace(OnnxModel model, List<OnnxNode> nodes, IReadOnlyList<OnnxTensor> results)
    {
        foreach (OnnxTensor tensor in results)
            model.AddInitializer(tensor);
        HashSet<OnnxNode> folded = [.. nodes];
        model.ReplaceNodes(model.Nodes.Where(node => !folded.Contains(node)));
        GraphEditing.RemoveUnused(model);
        return nodes.Count;
    }
}
