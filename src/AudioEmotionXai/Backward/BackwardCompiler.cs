namespace AudioEmotionXai;

/// <summary>
/// Turns a classifier and a specification into one ONNX graph that computes logits and a map: the forward nodes, then, in reverse
/// topological order, what each node's rule emits for the way back.
/// </summary>
internal static class BackwardCompiler
{
    public const string TargetInput = "target_class";
    public const string LogitsOutput = "logits";
    public const string RelevanceOutput = "relevance";

    /// <exception cref="UnsupportedOperatorException">A node on the way has no rule.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled meanwhile.</exception>
    public static OnnxModel Compile(ClassifierGraph forward, ProgramSpec spec, CancellationToken cancellationToken = default)
    {
        OnnxModel model = forward.Model.Clone();
        model.ClearValueInfos();
        HashSet<string> onPath = [];
        BackwardGraph graph = new(forward, model, spec.Rules, onPath);
        IReadOnlyList<string> wanted = spec.SignalsAt(graph);
        List<OnnxNode> forwardNodes = [.. model.Nodes];
        onPath.UnionWith(Path(forward, wanted));
        EmitTarget(graph, spec.Start);
        try
        {
            for (int i = forwardNodes.Count - 1; i >= 0; i--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                PassBack(graph, spec.Rules, forwardNodes[i]);
            }
        }
        catch (UnsupportedOperatorException problem)
        {
            // What is first in the file is the cause of what follows, such as shapes that are not known
            string? first = Coverage.Of(forward, spec.Rules, wanted).FirstOrDefault(node => !node.IsCovered)?.Problem;
            throw first is null || first == problem.Message ? problem : new UnsupportedOperatorException(first, problem);
        }

        string relevance = spec.EmitRelevance(graph);
        DeclareOutputs(graph, relevance);
        GraphEditing.RemoveUnused(model);
        return model;
    }

    /// <summary>The tensors that both depend on a wanted tensor and lead to the logits.</summary>
    public static HashSet<string> Path(ClassifierGraph forward, IReadOnlyList<string> wanted)
    {
        HashSet<string> dependent = [.. wanted];
        foreach (OnnxNode node in forward.Model.Nodes)
            if (Differentiable.Inputs(node).Any(dependent.Contains))
                dependent.UnionWith(node.Outputs.Where(output => output.Length > 0 && CarriesSignal(forward.Shapes, output)));
        HashSet<string> leading = [forward.Logits];
        for (int i = forward.Model.Nodes.Count - 1; i >= 0; i--)
        {
            OnnxNode node = forward.Model.Nodes[i];
            if (node.Outputs.Any(leading.Contains))
                leading.UnionWith(Differentiable.Inputs(node));
        }

        dependent.IntersectWith(leading);
        return dependent;
    }

    /// <summary>Whether a tensor is of a type that has derivatives.</summary>
    public static bool CarriesSignal(ShapeTable shapes, string tensor) =>
        shapes.TryGet(tensor, out TensorInfo? info)
        && info.ElementType
            is OnnxElementType.Float
                or OnnxElementType.Undefined
                or OnnxElementType.Double
                or OnnxElementType.Float16
                or OnnxElementType.BFloat16;

    private static void EmitTarget(BackwardGraph graph, ScoreStart start)
    {
        GraphEmitter emit = graph.Emit;
        string logits = graph.Forward.Logits;
        graph.Model.AddInput(new OnnxValueInfo(TargetInput, OnnxElementType.Int64, [graph.Forward.Input.Shape![0]]));
        string predicted = emit.ArgMax(logits, axis: 1);
        string asked = emit.Less(TargetInput, emit.Integer(0));
        graph.Target = emit.Where(asked, predicted, TargetInput);
        graph.OneHot = emit.OneHot(graph.Target, graph.Forward.Classes);
        graph.AddSignal(logits, start.Emit(graph));
    }

    /// <summary>Lets a node's rule send what its inputs get, if a signal arrives and anything wants one.</summary>
    /// <exception cref="UnsupportedOperatorException">The node has no rule, or its rule does not cover how the node is used.</exception>
    public static void PassBack(BackwardGraph graph, IRuleSet rules, OnnxNode node)
    {
        if (!node.Outputs.Any(output => graph.Wants(output) && graph.SignalOrNull(output) is not null)
            || !Differentiable.Inputs(node).Any(graph.Wants))
            return;
        BackwardNode view = new(graph, node);
        RequireFloat32(view);
        BackwardRule rule = node.Domain.Length == 0 ? rules.RuleFor(view) ?? throw NoRule(view, rules) : throw NoRule(view, rules);
        graph.Emit.Scope = node.Name.Length > 0 ? node.Name : node.Outputs[0];
        Emit(rule, view);
    }

    /// <summary>Rules rely on what the operators' specification promises of a node; one that breaks it ends here, by name.</summary>
    private static void Emit(BackwardRule rule, BackwardNode view)
    {
        try
        {
            rule(view);
        }
        catch (Exception failure) when (GraphChecks.IsOfMalformedNode(failure))
        {
            GraphChecks.ThrowMalformed(view.Graph.Model, view.Node, failure);
        }
    }

    private static void RequireFloat32(BackwardNode node)
    {
        foreach (string output in node.Node.Outputs)
            if (node.Graph.Wants(output)
                && node.Graph.Shapes.TryGet(output, out TensorInfo? info)
                && info.ElementType is not (OnnxElementType.Float or OnnxElementType.Undefined))
                throw node.Unsupported($"its output '{output}' is {info.ElementType}; signals pass through float32 only");
    }

    private static UnsupportedOperatorException NoRule(BackwardNode node, IRuleSet rules)
    {
        string reason = OperatorExpansions.WhyNot(node.Graph.Model, node.Node);
        string advice = reason.Length > 0 ? reason : rules.AdviceFor(node);
        return node.Unsupported(
            $"there is no rule for this operator{(advice.Length > 0 ? $"; {advice}" : "")}. Supported: "
                + $"{string.Join(", ", rules.SupportedOperators.Order(StringComparer.Ordinal))}");
    }

    private static void DeclareOutputs(BackwardGraph graph, string relevance)
    {
        OnnxModel model = graph.Model;
        OnnxDimension items = graph.Forward.Input.Shape![0];
        graph.Emit.Scope = "";
        model.ClearOutputs();
        graph.Emit.Rename(graph.Forward.Logits, LogitsOutput);
        model.AddOutput(new OnnxValueInfo(LogitsOutput, OnnxElementType.Float, [items, graph.Forward.Classes]));
        graph.Emit.Alias(relevance, RelevanceOutput);
        model.AddOutput(new OnnxValueInfo(RelevanceOutput, OnnxElementType.Float, null));
        foreach ((string name, string tensor) in graph.Extras)
        {
            graph.Emit.Alias(tensor, name);
            model.AddOutput(new OnnxValueInfo(name, OnnxElementType.Float, null));
        }
    }
}
