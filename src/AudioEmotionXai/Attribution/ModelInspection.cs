namespace AudioEmotionXai;

/// <summary>What of a model can be explained, known before anything runs: its operators, the layers for class activation maps, and which
/// methods apply.</summary>
public sealed class ModelInspection
{
    private ModelInspection(
        IReadOnlyList<OperatorCoverage> operators, IReadOnlyList<NodeCoverage> nodes, IReadOnlyList<string> layers,
        IReadOnlyList<MethodCoverage> methods)
    {
        Operators = operators;
        Nodes = nodes;
        Layers = layers;
        Methods = methods;
    }

    /// <summary>The operators of the model, as it is explained (constants folded, batch normalisation merged, a Softmax at the end left
    /// off).</summary>
    public IReadOnlyList<OperatorCoverage> Operators { get; }

    /// <summary>The nodes through which the scores depend on the input, and what keeps gradients from passing back through some of
    /// them.</summary>
    public IReadOnlyList<NodeCoverage> Nodes { get; }

    /// <summary>The layers that class activation maps can be taken at.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>Every method at its default options: whether it applies, and why not.</summary>
    public IReadOnlyList<MethodCoverage> Methods { get; }

    /// <summary>Looks at a model; compiles every single-pass method without running it.</summary>
    /// <param name="model">The model.</param>
    public static ModelInspection Of(AudioClassifier model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelInspection(
            OperatorsOf(model), Coverage.Of(model.Graph, GradientRules.Instance), CamLayers.Of(model.Graph),
            [.. AttributionMethods.All.Select(method => CoverageOf(method, model))]);
    }

    private static List<OperatorCoverage> OperatorsOf(AudioClassifier model)
    {
        HashSet<string> supported = [.. GradientRules.Instance.SupportedOperators];
        return
        [
            .. model
                .Graph.Model.Nodes.GroupBy(node => (node.Domain, node.OpType))
                .OrderBy(group => group.Key.Domain, StringComparer.Ordinal)
                .ThenBy(group => group.Key.OpType, StringComparer.Ordinal)
                .Select(group => new OperatorCoverage(
                    NameOf(group.First()), group.Count(), group.Key.Domain.Length == 0 && supported.Contains(group.Key.OpType))),
        ];
    }

    private static string NameOf(OnnxNode node) => node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}";

    private static MethodCoverage CoverageOf(MethodDescription method, AudioClassifier model)
    {
        try
        {
            if (method.Default is CompiledMethod compiled)
                model.Compile(compiled.Program);
            return new MethodCoverage(method.Id, null);
        }
        catch (Exception reason) when (reason is UnsupportedOperatorException or ArgumentException)
        {
            return new MethodCoverage(method.Id, reason.Message);
        }
    }
}
