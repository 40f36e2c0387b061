namespace AudioEmotionXai;

/// <summary>What relevance rules know of the forward graph during one compilation: who reads what, known signs, the ledger where one is
/// kept.</summary>
internal sealed class RelevanceContext
{
    private readonly Dictionary<string, List<OnnxNode>> _readers = [];
    private readonly Dictionary<string, OnnxNode> _producers = [];
    private readonly BackwardGraph _graph;
    private readonly List<OnnxNode> _nodes;
    private OnnxNode? _firstLinear;

    private RelevanceContext(BackwardGraph graph)
    {
        _graph = graph;
        _nodes = [.. graph.Model.Nodes];
        Signs = KnownSigns.Of(graph.Model);
        foreach (OnnxNode node in _nodes)
        {
            foreach (string output in node.Outputs)
                _producers[output] = node;
            foreach (string input in node.Inputs)
            {
                if (!_readers.TryGetValue(input, out List<OnnxNode>? readers))
                    _readers[input] = readers = [];
                readers.Add(node);
            }
        }
    }

    public KnownSigns Signs { get; }

    /// <summary>The account of every node, or null where none is kept.</summary>
    public RelevanceLedger? Ledger { get; private set; }

    /// <summary>The first node of the classifier, in graph order, that multiplies with constant weights what depends on the input, or
    /// null.</summary>
    public OnnxNode? FirstLinear => _firstLinear ??= _nodes.FirstOrDefault(IsWeighted);

    public static RelevanceContext Of(BackwardGraph graph) => graph.Keep(() => new RelevanceContext(graph));

    public void KeepLedger() => Ledger = new RelevanceLedger(_graph);

    public OnnxNode? ProducerOf(string tensor) => _producers.GetValueOrDefault(tensor);

    /// <summary>The output of a Relu that reads a tensor, or null.</summary>
    public string? ReluOf(string tensor) =>
        _readers.TryGetValue(tensor, out List<OnnxNode>? readers)
            ? readers.Find(reader => reader.OpType is "Relu" && reader.Domain.Length == 0)?.Outputs[0]
            : null;

    /// <summary>The Add of a constant row that alone reads a product without a bias of its own: exporters write a layer's bias
    /// so.</summary>
    public OnnxNode? BiasAddOf(OnnxNode product)
    {
        if (product.OpType is not "MatMul"
            || !_readers.TryGetValue(product.Outputs[0], out List<OnnxNode>? readers)
            || readers is not [{ OpType: "Add" } add])
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
