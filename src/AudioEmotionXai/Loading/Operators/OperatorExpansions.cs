using System.Collections.Frozen;

namespace AudioEmotionXai;

/// <summary>Writes operators that no rule covers as operators that have one, with the same result.</summary>
internal static class OperatorExpansions
{
    private static readonly FrozenDictionary<string, Action<Expansion>> s_standard = StandardExpansions.Table;
    private static readonly FrozenDictionary<string, Action<Expansion>> s_microsoft = MicrosoftExpansions.Table;

    /// <summary>Einsum as products and sums.</summary>
    public static int UndoEinsum(OnnxModel model) =>
        Undo(model, "einsum", node => node is { OpType: "Einsum", Domain: "" } ? EinsumExpansion.Expand : null);

    /// <summary>Operators that ONNX Runtime's optimizer puts in the place of several.</summary>
    public static int UndoMicrosoft(OnnxModel model) => Undo(model, "plain", OfMicrosoft);

    /// <summary>Operators of the standard that are made of others.</summary>
    public static int UndoStandard(OnnxModel model) => Undo(model, "plain", OfStandard);

    /// <summary>Why an operator was not written as others; empty where nothing is known of it.</summary>
    public static string WhyNot(OnnxModel model, OnnxNode node)
    {
        if (node.Domain is "com.microsoft.nchwc")
            return "the file was saved by ONNX Runtime for one kind of processor: give the file from before that optimization";
        Action<Expansion>? expand = node is { OpType: "Einsum", Domain: "" } ? EinsumExpansion.Expand
            : OfMicrosoft(node) ?? OfStandard(node) ?? Quantization.Find(node);
        if (expand is null)
            return "";
        OnnxModel copy = model.Clone();
        ShapeTable shapes = ShapeInference.Infer(copy);
        return Apply(expand, copy, new Expansion(copy, shapes, new GraphEmitter(copy), node)) ?? "";
    }

    private static Action<Expansion>? OfMicrosoft(OnnxNode node) =>
        node.Domain is "com.microsoft" ? s_microsoft.GetValueOrDefault(node.OpType) : null;

    private static Action<Expansion>? OfStandard(OnnxNode node) => node.Domain.Length == 0
        ? s_standard.GetValueOrDefault(node.OpType)
        : node.Domain is "ai.onnx.ml" ? s_standard.GetValueOrDefault($"ai.onnx.ml.{node.OpType}") : null;

    /// <summary>Lets expansions take the place of the nodes that have one; returns of how many.</summary>
    /// <param name="model">The model.</param>
    /// <param name="root">What the new names begin with.</param>
    /// <param name="find">The expansion of a node, or null.</param>
    public static int Undo(OnnxModel model, string root, Func<OnnxNode, Action<Expansion>?> find)
    {
        if (!model.Nodes.Any(node => find(node) is not null))
            return 0;
        ShapeTable shapes = ShapeInference.Infer(model);
        OnnxNode[] nodes = [.. model.Nodes];
        GraphEmitter emit = new(model, root, node => Infer(model, shapes, node));
        emit.Avoid(shapes.Names);
        model.ReplaceNodes([]);
        int undone = 0;
        foreach (OnnxNode node in nodes)
        {
            int before = model.Nodes.Count;
            emit.Scope = node.Name.Length > 0 ? node.Name : node.Outputs.First(output => output.Length > 0);
            if (find(node) is { } expand && Apply(expand, model, new Expansion(model, shapes, emit, node)) is null)
            {
                undone++;
                continue;
            }

            if (model.Nodes.Count > before)
                model.ReplaceNodes([.. model.Nodes.Take(before)]);
            model.Add(node);
            if (undone > 0)
                ShapeInference.InferNode(model, node, shapes);
        }

        GraphEditing.RemoveUnused(model);
        return undone;
    }

    /// <summary>Why the expansion cannot be done; null where it was.</summary>
    private static string? Apply(Action<Expansion> expand, OnnxModel model, Expansion expansion)
    {
        try
        {
            expand(expansion);
            return null;
        }
        catch (NotExpandedException reason)
        {
            return reason.Message;
        }
        catch (Exception failure) when (GraphChecks.IsOfMalformedNode(failure))
        {
            GraphChecks.ThrowMalformed(model, expansion.Node, failure);
            throw;
        }
    }

    private static void Infer(OnnxModel model, ShapeTable shapes, OnnxNode node)
    {
        foreach (string input in node.Inputs)
            if (input.Length > 0 && !shapes.TryGet(input, out _) && model.Initializers.TryGetValue(input, out OnnxTensor? constant))
                shapes[input] = ShapeInference.OfConstant(constant);
        ShapeInference.InferNode(model, node, shapes);
    }
}
