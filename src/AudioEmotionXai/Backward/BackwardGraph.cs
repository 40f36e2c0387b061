namespace AudioEmotionXai;

/// <summary>A forward graph that is being extended by the way back: which tensors want a signal, and the signals so far.</summary>
internal sealed class BackwardGraph
{
    private readonly Dictionary<string, List<string>> _shares = [];
    private readonly HashSet<string> _onPath;
    private readonly List<(string Name, string Tensor)> _extras = [];
    private readonly Dictionary<Type, object> _kept = [];
    private readonly BackwardGraph? _outer;

    public BackwardGraph(ClassifierGraph forward, OnnxModel model, IRuleSet rules, HashSet<string> onPath)
    {
        Forward = forward;
        Model = model;
        Shapes = forward.Shapes;
        Emit = new GraphEmitter(model);
        Rules = rules;
        _onPath = onPath;
    }

    private BackwardGraph(BackwardGraph outer, BodyGraph body, GraphEmitter emit, HashSet<string> onPath)
    {
        _outer = outer;
        Forward = outer.Forward;
        Model = body.Model;
        Shapes = body.Shapes;
        Emit = emit;
        Rules = outer.Rules;
        _onPath = onPath;
    }

    public ClassifierGraph Forward { get; }

    /// <summary>The graph under construction: the forward nodes, then what the rules emit.</summary>
    public OnnxModel Model { get; }

    public GraphEmitter Emit { get; }

    public ShapeTable Shapes { get; }

    public IRuleSet Rules { get; }

    public string InputName => Forward.Input.Name;

    /// <summary>The tensor of targets as the caller fed it, below zero replaced by the predicted class: int64, (N).</summary>
    public string Target { get; set; } = "";

    /// <summary>The one-hot rows of the targets: float32, (N, classes).</summary>
    public string OneHot { get; set; } = "";

    public IReadOnlyList<(string Name, string Tensor)> Extras => _extras;

    public OnnxTensor? Constant(string tensor) => Model.Initializers.GetValueOrDefault(tensor) ?? _outer?.Constant(tensor);

    /// <summary>The way back through a graph inside a node of this one.</summary>
    /// <param name="body">The graph, which is extended.</param>
    /// <param name="emit">Its emitter.</param>
    /// <param name="onPath">The tensors inside that want a signal, and those around it.</param>
    public BackwardGraph Inside(BodyGraph body, GraphEmitter emit, HashSet<string> onPath) => new(this, body, emit, onPath);

    public bool Wants(string tensor) => _onPath.Contains(tensor);

    public void AddSignal(string tensor, string share)
    {
        if (!_shares.TryGetValue(tensor, out List<string>? shares))
            _shares[tensor] = shares = [];
        shares.Add(share);
    }

    /// <summary>The sum of all shares that a tensor got, or null where it got none.</summary>
    public string? SignalOrNull(string tensor)
    {
        if (!_shares.TryGetValue(tensor, out List<string>? shares))
            return null;
        while (shares.Count > 1)
        {
            shares[0] = Emit.Add(shares[0], shares[1]);
            shares.RemoveAt(1);
        }

        return shares[0];
    }

    /// <summary>The signal at a tensor.</summary>
    /// <exception cref="UnsupportedOperatorException">The score does not depend on the tensor.</exception>
    public string Signal(string tensor) =>
        SignalOrNull(tensor)
        ?? throw new UnsupportedOperatorException(
            $"{Model.Name}: the score '{Forward.Logits}' does not depend on '{tensor}' through operators that pass a signal back.");

    /// <summary>What a family of rules keeps for the length of one compilation, made when first asked for.</summary>
    public T GetOrAdd<T>(Func<T> make)
        where T : class
    {
        if (_kept.TryGetValue(typeof(T), out object? kept))
            return (T)kept;
        T made = make();
        _kept[typeof(T)] = made;
        return made;
    }

    /// <summary>Declares one more output of the program, items first, such as a row of the ledger.</summary>
    public void AddExtraOutput(string name, string tensor) => _extras.Add((name, tensor));

    /// <summary>The tensor that a caller means by a layer: a tensor's name, or a node's, whose first output is then meant.</summary>
    /// <exception cref="ArgumentException">There is no such layer; the message lists those that can be used.</exception>
    public string ResolveLayer(string layer)
    {
        if (Shapes.TryGet(layer, out _) && Model.Nodes.Any(node => node.Outputs.Contains(layer)))
            return layer;
        if (Model.Nodes.FirstOrDefault(node => node.Name == layer) is { } named)
            return named.Outputs[0];
        throw new ArgumentException(
            $"{Model.Name}: there is no layer '{layer}'. Layers with channels and axes to map: "
                + $"{string.Join(", ", CamLayers.Of(Forward))}.");
    }

    public UnsupportedOperatorException Unsupported(BackwardNode node, string reason) =>
        new($"{Model.Name}: {node.Node} (opset {Emit.Opset}): {reason}. Rule set: {Rules.Id}.");
}
