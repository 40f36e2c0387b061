namespace AudioEmotionXai;

/// <summary>
/// A classifier's forward graph in the form that everything else works on: plain, with one input and the scores known by name, and what
/// these are.
/// </summary>
internal sealed class ClassifierGraph
{
    // The runtime's time to make a session grows with the square of the nodes
    private const int MostNodes = 10_000;

    private ClassifierGraph(OnnxModel model, ShapeTable shapes, OnnxValueInfo input, OutputForm output, AxisTracker axes)
    {
        Axes = axes;
        Model = model;
        Shapes = shapes;
        Input = input;
        Output = output;
    }

    public OnnxModel Model { get; }

    public ShapeTable Shapes { get; }

    public OnnxValueInfo Input { get; }

    /// <summary>The scores, and what they are.</summary>
    public OutputForm Output { get; }

    /// <summary>The tensor of class scores before any Softmax or Sigmoid, shape (N, classes).</summary>
    public string Logits => Output.Scores;

    public int Classes => Output.Classes;

    /// <summary>The Softmax or Sigmoid that was left off, as messages call it, or null.</summary>
    public string? StrippedNode => Output.StrippedNode;

    /// <summary>What the input's axes mean, or null where that is not known.</summary>
    public InputLayout? Layout { get; private init; }

    /// <summary>Which axes of which tensors show the input's.</summary>
    public AxisTracker Axes { get; }

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Labels { get; private init; } = [];

    /// <summary>What was done to bring the model into this form.</summary>
    public IReadOnlyList<AppliedPass> Passes { get; private init; } = [];

    /// <summary>What was taken for what, and why.</summary>
    public IReadOnlyList<ContractPart> Facts { get; private init; } = [];

    /// <summary>Brings a copy of a model into this form.</summary>
    /// <param name="source">The model; it is not changed.</param>
    /// <param name="given">What is said of it beside its metadata.</param>
    /// <param name="lengths">The lengths of the input's axes, where its free ones are to be fixed; -1 stays free.</param>
    /// <param name="classes">How many classes there are, where that is known from another look at the model.</param>
    /// <exception cref="ModelFormatException">The model is malformed, or it is not clear what it takes and gives.</exception>
    public static ClassifierGraph Of(
        OnnxModel source, ModelContract? given = null, IReadOnlyList<int>? lengths = null, int? classes = null)
    {
        OnnxModel model = source.Clone();
        if (model.Opset is < OldOperatorSets.Oldest or > 25)
            throw new ModelFormatException($"{model.Name}: is written in operator set {model.Opset}; 7 to 25 are supported.");
        if (model.Nodes.Count > MostNodes)
            throw new ModelFormatException(
                FormattableString.Invariant($"{model.Name}: has {model.Nodes.Count} nodes; at most {MostNodes} are supported."));
        GraphChecks.ThrowIfBroken(model);
        ContractSource asked = ContractSource.Of(source, given) with { Classes = classes };
        List<ContractPart> facts = [];
        AppliedPasses passes = new();
        PlainGraph.Prepare(model, passes);
        OnnxValueInfo input = InputForm.Make(model, asked, facts);
        if (lengths is not null)
            input = Fixed(model, input, lengths);
        ShapeTable shapes = PlainGraph.Make(model, passes);
        OutputForm output = OutputForm.Make(model, shapes, asked, facts);
        AxisTracker axes = AxisTracker.Of(model, shapes, input);
        return new ClassifierGraph(model, shapes, input, output, axes)
        {
            Layout = LayoutFinder.Find(model, input, asked, axes.Uses, FrontEndLayout(source, given, input), facts),
            Passes = passes.All,
            Facts = facts,
            Labels = ClassLabels.Of(source, output, asked),
        };
    }

    /// <summary>The same with the head in the graph: the scores are what it makes of them.</summary>
    public ClassifierGraph WithHead()
    {
        string operation = Output.Head switch { ClassHead.Softmax => "Softmax", ClassHead.Sigmoid => "Sigmoid", _ => "" };
        if (operation.Length == 0)
            return this;
        OnnxModel model = Model.Clone();
        string name = $"{Logits}/{Output.Head.Name()}";
        OnnxNode node = model.Add(new OnnxNode(operation, name, [Logits], [name]));
        if (operation is "Softmax")
            node.Set("axis", 1);
        return new ClassifierGraph(model, ShapeInference.Infer(model), Input, Output with { Scores = name }, Axes)
        {
            Layout = Layout,
            Passes = Passes,
            Facts = Facts,
            Labels = Labels,
        };
    }

    private static InputLayout? FrontEndLayout(OnnxModel source, ModelContract? given, OnnxValueInfo input)
    {
        if (FrontEndContract.Of(source, given) is not { } frontEnd)
            return null;
        frontEnd.Fit(input, FrontEndContract.IsInGraph(source), source.Name, out InputLayout layout);
        return layout;
    }

    private static OnnxValueInfo Fixed(OnnxModel model, OnnxValueInfo input, IReadOnlyList<int> lengths)
    {
        OnnxValueInfo known = input with
        {
            Shape = [.. lengths.Select((length, axis) => length < 0 ? input.Shape![axis] : length)],
        };
        model.ReplaceInput(known);
        model.ClearValueInfos();
        return known;
    }
}
