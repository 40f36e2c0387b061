namespace AudioEmotionXai;

/// <summary>Layer-wise relevance propagation from the logits to the input, as one graph.</summary>
/// <param name="RelevanceRules">Which rule for which node.</param>
/// <param name="From">What relevance starts from.</param>
/// <param name="Ledger">Whether every node's account becomes an output.</param>
internal sealed record RelevanceProgram(RelevanceRules RelevanceRules, ScoreStart From, bool Ledger = false) : ProgramSpec
{
    public override IRuleSet Rules => RelevanceRules;

    public override ScoreStart Start => From;

    public override IReadOnlyList<string> SignalsAt(BackwardGraph graph)
    {
        RelevanceContext context = RelevanceContext.Of(graph);
        if (Ledger)
            context.KeepLedger();
        return [graph.InputName];
    }

    public override string EmitRelevance(BackwardGraph graph)
    {
        RelevanceContext.Of(graph).Ledger?.DeclareOutputs();
        return graph.Signal(graph.InputName);
    }
}

/// <summary>What relevance rules know of the forward graph during one compilation: who reads what, known signs, the ledger where one is
/// kept.</summary>
internal sealed class RelevanceContext
{
    private readonly ILookup<string, OnnxNode> _readers;
    private readonly Dictionary<string, OnnxNode> _producers = [];
    private readonly BackwardGraph _graph;
    private readonly List<OnnxNode> _nodes;
    private OnnxNode? _firstLinear;
    private WrittenOutNormalizations? _normalizations;

    private RelevanceContext(BackwardGraph graph)
    {
        _graph = graph;
        _nodes = [.. graph.Model.Nodes];
        Signs = KnownSigns.Of(graph.Model);
        _readers = _nodes.SelectMany(node => node.Inputs, (node, input) => (node, input)).ToLookup(pair => pair.input, pair => pair.node);
        foreach (OnnxNode node in _nodes)
            foreach (string output in node.Outputs)
                _producers[output] = node;
    }

    public KnownSigns Signs { get; }

    /// <summary>Normalisations that are written as several operators.</summary>
    public WrittenOutNormalizations Normalizations => _normalizations ??= new WrittenOutNormalizations(_graph.Forward.Model, _graph.Shapes);

    /// <summary>The account of every node, or null where none is kept.</summary>
    public RelevanceLedger? Ledger { get; private set; }

    /// <summary>The first node of the classifier, in graph order, that multiplies with constant weights what depends on the input, or
    /// null.</summary>
    public OnnxNode? FirstLinear => _firstLinear ??= _nodes.FirstOrDefault(IsWeighted);

    public static RelevanceContext Of(BackwardGraph graph) => graph.GetOrAdd(() => new RelevanceContext(graph));

    public void KeepLedger() => Ledger = new RelevanceLedger(_graph);

    public OnnxNode? ProducerOf(string tensor) => _producers.GetValueOrDefault(tensor);

    /// <summary>The output of a Relu that reads a tensor, or null.</summary>
    public string? ReluOf(string tensor) =>
        _readers[tensor].FirstOrDefault(reader => reader.OpType is "Relu" && reader.Domain.Length == 0)?.Outputs[0];

    /// <summary>The Add of a constant row that alone reads a product without a bias of its own: exporters write a layer's bias
    /// so.</summary>
    public OnnxNode? BiasAddOf(OnnxNode product)
    {
        if (product.OpType is not "MatMul" || _readers[product.Outputs[0]].ToList() is not [{ OpType: "Add" } add])
            return null;
        string other = add.Inputs[0] == product.Outputs[0] ? add.Inputs[1] : add.Inputs[0];
        return _graph.Constant(other) is { } constant && IsRow(constant, product) ? add : null;
    }

    /// <summary>Whether an Add only puts the bias to the product before it.</summary>
    public bool IsBiasAdd(OnnxNode add) =>
        add.Inputs.Any(input => ProducerOf(input) is { } producer && BiasAddOf(producer) == add);

    private bool IsRow(OnnxTensor constant, OnnxNode product) =>
        constant.Shape.Count > 0
        && constant.Count == constant.Shape[^1]
        && _graph.Shapes.ShapeOf(product.Outputs[0]) is { Length: > 0 } shape
        && shape.Length >= constant.Shape.Count
        && shape[^1] == constant.Count;

    private bool IsWeighted(OnnxNode node) =>
        node.OpType is "Conv" or "ConvTranspose" or "Gemm" or "MatMul"
        && node.Domain.Length == 0
        && !FrontEndRules.Covers(node)
        && node.Outputs.Any(_graph.Wants)
        && node.Inputs.Any(_graph.Wants)
        && node.Inputs.Take(2).Any(input => _graph.Constant(input) is not null);
}

/// <summary>
/// Which tensors can hold no negative value whatever the input is: activations that end at zero, and pools, sums, products and
/// rearrangements of such. Rules leave out the branches that negative inputs would need.
/// </summary>
internal sealed class KnownSigns
{
    private readonly HashSet<string> _nonNegative = [];
    private readonly OnnxModel _model;
    private readonly Dictionary<string, bool> _constants = [];

    private KnownSigns(OnnxModel model) => _model = model;

    public static KnownSigns Of(OnnxModel model)
    {
        KnownSigns signs = new(model);
        foreach (OnnxNode node in model.Nodes)
            if (node.Domain.Length == 0 && signs.Keeps(node))
                signs._nonNegative.UnionWith(node.Outputs);
        return signs;
    }

    public bool IsNonNegative(string tensor) => _nonNegative.Contains(tensor) || IsNonNegativeConstant(tensor);

    private bool Keeps(OnnxNode node) =>
        node.OpType switch
        {
            "Relu" or "Sigmoid" or "HardSigmoid" or "Softplus" or "Exp" or "Abs" or "Sqrt" or "Softmax" or "ReduceL1"
            or "ReduceL2" or "ReduceSumSquare" => true,
            "Clip" => StartsAtZero(node) || IsNonNegative(node.Inputs[0]),
            "Mul" => node.Inputs[0] == node.Inputs[1] || All(node, 2),
            "MatMul" => All(node, 2),
            "Max" => node.Inputs.Any(IsNonNegative),
            "Add" or "Sum" or "Mean" or "Concat" or "Min" or "Div" => All(node, node.Inputs.Count),
            "Pad" => IsNonNegative(node.Inputs[0]) && (!node.HasInput(2) || IsNonNegative(node.Inputs[2])),
            "MaxPool" or "AveragePool" or "LpPool" or "GlobalAveragePool" or "GlobalMaxPool" or "GlobalLpPool" or "ReduceMean"
            or "ReduceSum" or "ReduceMax" or "ReduceMin" or "Flatten" or "Reshape" or "Squeeze" or "Unsqueeze" or "Transpose"
            or "Slice" or "Split" or "Expand" or "Tile" or "Gather" or "GatherElements" or "DepthToSpace" or "SpaceToDepth"
            or "Identity" or "Dropout" or "LeakyRelu" or "Elu" or "Selu" or "Celu" or "HardSwish" or "Tanh"
            or "Gelu" => IsNonNegative(node.Inputs[0]),
            "Resize" or "Upsample" => IsNonNegative(node.Inputs[0])
                && node.GetString("mode", "nearest") is "nearest" or "linear"
                && node.GetString("coordinate_transformation_mode", "") is not "tf_crop_and_resize",
            _ => false,
        };

    private bool All(OnnxNode node, int count) => node.Inputs.Take(count).All(IsNonNegative);

    private bool StartsAtZero(OnnxNode node) =>
        node.GetFloat("min", -1) >= 0 || (node.HasInput(1) && IsNonNegativeConstant(node.Inputs[1]));

    private bool IsNonNegativeConstant(string tensor)
    {
        if (_constants.TryGetValue(tensor, out bool known))
            return known;
        bool holds =
            _model.Initializers.TryGetValue(tensor, out OnnxTensor? constant)
            && constant.IsFloatingPoint
            && Array.TrueForAll(constant.ToFloats(), value => value >= 0);
        return _constants[tensor] = holds;
    }
}

/// <summary>What is known of a tensor's sign at compile time.</summary>
internal enum Sign { Unknown, NonNegative, NonPositive }
