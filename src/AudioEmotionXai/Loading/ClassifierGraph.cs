namespace AudioEmotionXai;

/// <summary>
/// A classifier's forward graph in the form that everything else works on: constants folded, batch normalisation merged,
/// a Softmax at the end left off, one input and the logits known by name.
/// </summary>
internal sealed class ClassifierGraph
{
    // The runtime's time to make a session grows with the square of the nodes
    private const int MostNodes = 10_000;

    // A gibibyte of float32
    private const long MostInputCells = 1L << 28;

    private ClassifierGraph(
        OnnxModel model, ShapeTable shapes, OnnxValueInfo input, string logits, int classes, string? strippedNode,
        IReadOnlyList<AppliedPass> passes)
    {
        Passes = passes;
        Model = model;
        Shapes = shapes;
        Input = input;
        Logits = logits;
        Classes = classes;
        StrippedNode = strippedNode;
    }

    public OnnxModel Model { get; }

    public ShapeTable Shapes { get; }

    /// <summary>What was done to bring the model into this form.</summary>
    public IReadOnlyList<AppliedPass> Passes { get; }

    public OnnxValueInfo Input { get; }

    /// <summary>The tensor of class scores before any Softmax, shape (N, classes).</summary>
    public string Logits { get; }

    public int Classes { get; }

    /// <summary>The Softmax that was left off, as messages call it, or null.</summary>
    public string? StrippedNode { get; }

    /// <summary>Brings a copy of a model into this form.</summary>
    /// <param name="source">The model; it is not changed.</param>
    /// <param name="keepSoftmax">Whether a Softmax at the end stays, so that probabilities are explained.</param>
    /// <exception cref="ModelFormatException">The model has not exactly one input, or no output that looks like class scores.</exception>
    public static ClassifierGraph Of(OnnxModel source, bool keepSoftmax = false)
    {
        OnnxModel model = source.Clone();
        if (model.Opset is < OldOperatorSets.Oldest or > 25)
            throw new ModelFormatException($"{model.Name}: is written in operator set {model.Opset}; 7 to 25 are supported.");
        if (model.Nodes.Count > MostNodes)
            throw new ModelFormatException(
                FormattableString.Invariant($"{model.Name}: has {model.Nodes.Count} nodes; at most {MostNodes} are supported."));
        GraphChecks.ThrowIfBroken(model);
        (IReadOnlyList<AppliedPass> passes, ShapeTable shapes) = PlainGraph.Make(model);
        OnnxValueInfo input = SingleInput(model);
        (string logits, string? stripped) = FindLogits(model, shapes, keepSoftmax);
        logits = Flattened(model, shapes, logits);
        if (shapes.ShapeOf(logits) is not [_, { IsFixed: true, Offset: > 0 and <= 100_000 } classes])
            throw new ModelFormatException(
                $"{model.Name}: the output '{logits}' has the shape {shapes[logits]}; (items, classes) with a fixed number of classes was "
                    + $"expected.");
        if (shapes[logits].ElementType is not (OnnxElementType.Float or OnnxElementType.Undefined))
            throw new ModelFormatException(
                $"{model.Name}: the output '{logits}' is of type {shapes[logits].ElementType}; class scores in float32 were expected.");
        return new ClassifierGraph(model, shapes, input, logits, (int)classes.Offset, stripped, passes);
    }

    private static OnnxValueInfo SingleInput(OnnxModel model)
    {
        IReadOnlyList<OnnxValueInfo> inputs = model.Inputs;
        if (inputs.Count != 1)
            throw new ModelFormatException(
                $"{model.Name}: has {inputs.Count} inputs ({string.Join(", ", inputs.Select(input => input.Name))}); a classifier with "
                    + $"one input was expected.");
        OnnxValueInfo only = inputs[0];
        if (only.ElementType != OnnxElementType.Float || only.Shape is null or { Count: < 2 })
            throw new ModelFormatException(
                $"{model.Name}: the input is {only}; a float32 tensor with the items as its first axis was expected.");
        if (only.Shape.Any(length => length.Value is < 1 or > int.MaxValue))
            throw new ModelFormatException($"{model.Name}: the input is {only}; lengths from 1 to {int.MaxValue} were expected.");
        Int128 cells = 1;
        foreach (OnnxDimension length in only.Shape)
            cells = Int128.Min(cells * (length.Value ?? 1), long.MaxValue);
        if (cells > MostInputCells)
            throw new ModelFormatException(
                FormattableString.Invariant($"{model.Name}: the input is {only}: {cells} values; at most {MostInputCells} are supported."));
        return only;
    }

    private static (string Logits, string? Stripped) FindLogits(OnnxModel model, ShapeTable shapes, bool keepSoftmax)
    {
        IReadOnlyList<OnnxValueInfo> outputs = model.Outputs;
        OnnxValueInfo? output = outputs.FirstOrDefault(candidate => candidate.Name is "logits")
            ?? outputs.FirstOrDefault(candidate => shapes.ShapeOf(candidate.Name) is { Length: 2 })
            ?? (outputs.Count > 0 ? outputs[0] : null);
        if (output is null)
            throw new ModelFormatException($"{model.Name}: declares no output.");
        Dictionary<string, OnnxNode> producers = model
            .Nodes.SelectMany(node => node.Outputs, (node, name) => (node, name))
            .Where(pair => pair.name.Length > 0)
            .ToDictionary(pair => pair.name, pair => pair.node);
        string tensor = output.Name;
        string? stripped = null;
        while (producers.TryGetValue(tensor, out OnnxNode? node)
            && node.Domain.Length == 0
            && (node.OpType is "Identity" || (!keepSoftmax && node.OpType is "Softmax" or "LogSoftmax")))
        {
            if (node.OpType is not "Identity")
                stripped = node.ToString();
            tensor = node.Inputs[0];
        }

        return (tensor, stripped);
    }

    /// <summary>Scores of shape (N, classes, 1, 1), as fully convolutional heads give them, lose their last axes.</summary>
    private static string Flattened(OnnxModel model, ShapeTable shapes, string logits)
    {
        if (shapes.ShapeOf(logits) is not { Length: > 2 } shape || !shape.Skip(2).All(length => length == 1))
            return logits;
        string flat = $"{logits}/flat";
        OnnxNode node = model.Add(new OnnxNode("Flatten", flat, [logits], [flat]));
        ShapeInference.InferNode(model, node, shapes);
        return flat;
    }
}
