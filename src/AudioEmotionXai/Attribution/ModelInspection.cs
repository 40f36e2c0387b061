namespace AudioEmotionXai;

/// <summary>What of a model can be explained, known before anything runs: its operators, the layers for class activation maps, and which
/// methods apply.</summary>
public sealed class ModelInspection
{
    private ModelInspection(
        IReadOnlyList<OperatorCoverage> operators, IReadOnlyList<NodeCoverage> nodes, IReadOnlyList<string> layers,
        string? defaultLayer, IReadOnlyList<MethodCoverage> methods)
    {
        Operators = operators;
        Nodes = nodes;
        Layers = layers;
        DefaultLayer = defaultLayer;
        Methods = methods;
    }

    /// <summary>The operators of the model, as it is explained (constants folded, batch normalisation merged, a Softmax at the end left
    /// off).</summary>
    public IReadOnlyList<OperatorCoverage> Operators { get; }

    /// <summary>The nodes through which the scores depend on the input, and what keeps gradients from passing back through some of
    /// them.</summary>
    public IReadOnlyList<NodeCoverage> Nodes { get; }

    /// <summary>The layers that class activation maps can be taken at, in the order of the graph.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>The layer that class activation maps take where none is named: the last one of which every place can matter to the scores;
    /// null where there is none.</summary>
    public string? DefaultLayer { get; }

    /// <summary>Every method at its default options: whether it applies, and why not.</summary>
    public IReadOnlyList<MethodCoverage> Methods { get; }

    /// <summary>Looks at a model; compiles every method that passes back, and runs nothing.</summary>
    /// <param name="model">The model.</param>
    public static ModelInspection Of(AudioClassifier model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ClassifierGraph graph = model.GraphForGradients();
        return new ModelInspection(
            OperatorsOf(graph), Coverage.Of(graph, GradientRules.Instance), CamLayers.Of(graph), CamLayers.Default(graph),
            [.. AttributionMethods.All.Select(method => CoverageOf(method, model))]);
    }

    private static List<OperatorCoverage> OperatorsOf(ClassifierGraph graph)
    {
        HashSet<string> supported = [.. GradientRules.Instance.SupportedOperators];
        return
        [
            .. graph
                .Model.Nodes.GroupBy(node => (node.Domain, node.OpType))
                .OrderBy(group => group.Key.Domain, StringComparer.Ordinal)
                .ThenBy(group => group.Key.OpType, StringComparer.Ordinal)
                .Select(group => new OperatorCoverage(
                    NameOf(group.First()), group.Count(), group.Key.Domain.Length == 0 && supported.Contains(group.Key.OpType))),
        ];
    }

    private static string NameOf(OnnxNode node) => node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}";

    private static MethodCoverage CoverageOf(MethodDescription method, AudioClassifier model) =>
        new(method.Id, method.Default.FindProblem(model));
}

/// <summary>How often a model uses an operator, and whether gradients pass back through it.</summary>
/// <param name="Operator">The operator, with its domain unless that is the standard one.</param>
/// <param name="Count">How many nodes.</param>
/// <param name="HasGradient">Whether there is a gradient rule. An operator without one only matters where the score depends on the input
/// through it.</param>
public sealed record OperatorCoverage(string Operator, int Count, bool HasGradient);

/// <summary>Whether a method, at its default options, applies to a model.</summary>
/// <param name="Method">The method's id.</param>
/// <param name="Reason">Why it does not apply; null where it does.</param>
public sealed record MethodCoverage(string Method, string? Reason);
