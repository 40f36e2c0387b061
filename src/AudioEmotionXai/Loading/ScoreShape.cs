namespace AudioEmotionXai;

/// <summary>Brings scores of any shape into (items, classes) by nodes at the graph's end.</summary>
internal sealed class ScoreShape(OnnxModel model, ShapeTable shapes, ContractSource asked, HeadEnd end)
{
    private readonly List<ContractPart> _facts = [];

    /// <summary>How many classes the scores have.</summary>
    public int Classes { get; private set; }

    /// <summary>Which axis of the scores as the graph gives them is the classes.</summary>
    public int ClassAxisTaken { get; private set; } = 1;

    /// <summary>What was assumed.</summary>
    public IReadOnlyList<ContractPart> Facts => _facts;

    /// <summary>Adds the nodes and returns the tensor.</summary>
    /// <exception cref="ModelFormatException">The shape cannot be brought into that form.</exception>
    public string Make()
    {
        if (shapes[end.Scores].ElementType is not (OnnxElementType.Float or OnnxElementType.Undefined))
            throw new ModelFormatException(
                $"{model.Name}: the output '{end.Scores}' is of type {shapes[end.Scores].ElementType}; class scores in float32 were "
                    + "expected.");
        Dim[] shape = shapes.ShapeOf(end.Scores) ?? throw Unfit();
        bool areItems = AreItems(shape);
        ClassAxisTaken = shape.Length - 1;
        string tensor = shape.Length switch
        {
            0 => Reshaped(end.Scores, "items", 1, 1),
            1 when !areItems => Reshaped(end.Scores, "items", 1, -1),
            1 => Reshaped(end.Scores, "classes", -1, 1),
            2 when !areItems => Framed(Reshaped(end.Scores, "items", 1, shape[0].Value ?? -1, shape[1].Value ?? -1), 2),
            2 => end.Scores,
            _ => WithoutAxesOfOne(shape),
        };
        if (shapes.ShapeOf(tensor) is not [_, { IsFixed: true, Offset: > 0 } classes])
            throw Unfit();
        Classes = (int)classes.Offset;
        return tensor;
    }

    /// <summary>Whether the first axis is the items. A model of one clip may give scores, or frames of scores, without one.</summary>
    private bool AreItems(Dim[] shape)
    {
        if (shape.Length == 0)
            return false;
        Dim items = shapes.ShapeOf(model.Inputs[0].Name) is [Dim first, ..] ? first : throw Unfit();
        if (items == 1 && shape[0] != 1 && shape.Length <= 2)
            return false;
        if (shape[0] == items)
            return true;
        // A file may call one length by two names, and a quotient may come to the same; a product, or another number, is another length
        bool isOther = shape[0].IsFixed
            ? shape[0] != 1
            : shape[0].Base!.Contains('*', StringComparison.Ordinal) && !shape[0].Base!.Contains("floor", StringComparison.Ordinal);
        return !isOther
            ? true
            : throw new ModelFormatException(
                $"{model.Name}: the output '{end.Scores}' has the shape {shapes[end.Scores]}, but the input has {items} items along its "
                    + "first axis: scores of each item were expected.");
    }

    /// <summary>One score z as two: z that it is so, -z that it is not.</summary>
    public string AddOpposite(string scores)
    {
        string opposite = Add(new OnnxNode("Neg", $"{scores}/opposite", [scores], [$"{scores}/opposite"]));
        return Add(new OnnxNode("Concat", $"{scores}/both", [scores, opposite], [$"{scores}/both"]).Set("axis", 1));
    }

    private string WithoutAxesOfOne(Dim[] shape)
    {
        int[] free = [.. Enumerable.Range(1, shape.Length - 1).Where(axis => shape[axis] != 1)];
        switch (free.Length)
        {
            case 0:
                return Reshaped(end.Scores, "flat", 0, 1);
            case 1 when end.ClassAxis is null || end.ClassAxis == free[0] || !IsFramesOnly(shape, free[0]):
                ClassAxisTaken = free[0];
                return Reshaped(end.Scores, "flat", 0, shape[free[0]].Value ?? -1);
            case 1:
                ClassAxisTaken = end.ClassAxis!.Value;
                return Framed(Reshaped(end.Scores, "frames", 0, shape[free[0]].Value ?? -1, 1), 2);
            case 2:
                int classes = ClassAxis(shape, free);
                string plane = free.Length == shape.Length - 1
                    ? end.Scores
                    : Reshaped(end.Scores, "plane", 0, shape[free[0]].Value ?? -1, shape[free[1]].Value ?? -1);
                ClassAxisTaken = classes;
                return Framed(plane, classes == free[0] ? 1 : 2);
            default:
                throw Unfit();
        }
    }

    /// <summary>One class for each of many frames: the axis of the classes has length 1.</summary>
    private bool IsFramesOnly(Dim[] shape, int other) => end.ClassAxis is { } classes && classes != other && shape[classes] == 1;

    private int ClassAxis(Dim[] shape, int[] free)
    {
        if ((asked.Classes ?? asked.Contract.Labels?.Count) is { } count && free.Count(axis => shape[axis] == count) == 1)
            return free.Single(axis => shape[axis] == count);
        if (end.ClassAxis is { } known && free.Contains(known) && shape[known].IsFixed)
            return known;
        int[] fixedAxes = [.. free.Where(axis => shape[axis].IsFixed)];
        return fixedAxes.Length == 1
            ? fixedAxes[0]
            : throw new ModelFormatException(
                $"{model.Name}: the output '{end.Scores}' has the shape {shapes[end.Scores]}, and it is not clear which axis is the "
                    + "classes: give the labels (--labels), whose number tells.");
    }

    /// <summary>Takes frames together: (N, frames, classes) or (N, classes, frames).</summary>
    private string Framed(string scores, int classAxis)
    {
        FrameReduction reduction = asked.Contract.Frames ?? FrameReduction.Mean;
        _facts.Add(new(
            "frames", reduction.ToString().ToLowerInvariant(),
            asked.Contract.Frames is not null
                ? asked.SourceOf("frames")
                : $"assumed for scores of frames {shapes[end.Scores]}, classes at axis {ClassAxisTaken}; --frames max or last "
                    + "where a clip's score is another",
            asked.Contract.Frames is null));
        int axis = 3 - classAxis;
        string name = $"{scores}/{reduction.ToString().ToLowerInvariant()}";
        if (reduction == FrameReduction.Last)
        {
            string last = Constant($"{name}/index", -1);
            return Add(new OnnxNode("Gather", name, [scores, last], [name]).Set("axis", axis));
        }

        string operation = reduction == FrameReduction.Mean ? "ReduceMean" : "ReduceMax";
        OnnxNode node = model.Opset >= 18
            ? new OnnxNode(operation, name, [scores, Constants($"{name}/axes", axis)], [name])
            : new OnnxNode(operation, name, [scores], [name]).Set("axes", [axis]);
        return Add(node.Set("keepdims", 0));
    }

    private string Reshaped(string scores, string name, params ReadOnlySpan<long> shape)
    {
        string full = $"{scores}/{name}";
        return Add(new OnnxNode("Reshape", full, [scores, Constants($"{full}/shape", shape)], [full]));
    }

    private string Constants(string name, params ReadOnlySpan<long> values)
    {
        OnnxTensor tensor = OnnxTensor.FromInt64s(name, values, values.Length);
        model.AddInitializer(tensor);
        shapes[name] = ShapeInference.OfConstant(tensor);
        return name;
    }

    private string Constant(string name, long value)
    {
        OnnxTensor tensor = OnnxTensor.FromInt64s(name, [value]);
        model.AddInitializer(tensor);
        shapes[name] = ShapeInference.OfConstant(tensor);
        return name;
    }

    private string Add(OnnxNode node)
    {
        model.Add(node);
        ShapeInference.InferNode(model, node, shapes);
        return node.Outputs[0];
    }

    private ModelFormatException Unfit() => new(
        $"{model.Name}: the output '{end.Scores}' has the shape {shapes[end.Scores]}; scores of a fixed number of classes were expected: "
            + "(items, classes), (items), or with frames (items, frames, classes) or (items, classes, frames).");
}
