namespace AudioEmotionXai.TestKit;

/// <summary>An operator, or a few, from the input "x" to "y", to be differentiated in a classifier made around them.</summary>
internal sealed class OperatorCase(string name, params int[] item)
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _constants = [];

    public string Name { get; } = name;

    /// <summary>The shape of one item, without the batch axis.</summary>
    public int[] Item { get; } = item;

    public int Opset { get; init; } = 17;

    /// <summary>Whether the operator is linear or affine, so that its response to unit inputs is its derivative.</summary>
    public bool Linear { get; init; }

    /// <summary>The operator on one item in double precision, where a plain twin exists.</summary>
    public Func<double[], double[]>? Plain { get; set; }

    /// <summary>Whether steps of finite differences may cross a kink, so that the plain twin alone, whose steps are tiny, is asked.</summary>
    public bool HasKinks { get; init; }

    /// <summary>One input value; normally distributed where null.</summary>
    public Func<Random, int, float>? Value { get; init; }

    /// <summary>Axes of the input that are declared without a length; 0 is the batch.</summary>
    public int[] FreeAxes { get; init; } = [0];

    public int Items { get; init; } = 2;

    public int Seed { get; init; } = 1;

    /// <summary>Whether constants are also listed among the graph's inputs, as older exporters do.</summary>
    public bool ConstantsAsInputs { get; init; }

    public int[] Shape => [Items, .. Item];

    public OperatorCase Node(string opType, string[] inputs, string output = "y", Action<OnnxNode>? set = null)
    {
        OnnxNode node = new(opType, $"{opType.ToLowerInvariant()}_{_nodes.Count}", inputs, [output]);
        set?.Invoke(node);
        _nodes.Add(node);
        return this;
    }

    /// <summary>An operator that ONNX Runtime has beside the standard.</summary>
    public OperatorCase Microsoft(string opType, string[] inputs, Action<OnnxNode>? set = null, params string[] outputs)
    {
        OnnxNode node = new(opType, $"{opType.ToLowerInvariant()}_{_nodes.Count}", inputs, outputs.Length == 0 ? ["y"] : outputs) { Proto = { Domain = "com.microsoft" } };
        set?.Invoke(node);
        return Node(node);
    }

    public OperatorCase Node(OnnxNode node)
    {
        _nodes.Add(node);
        return this;
    }

    public OperatorCase Floats(string name, float[] values, params long[] shape)
    {
        _constants.Add(OnnxTensor.FromFloats(name, values, shape.Length == 0 && values.Length > 1 ? [values.Length] : shape));
        return this;
    }

    public OperatorCase Scalar(string name, float value)
    {
        _constants.Add(OnnxTensor.FromFloats(name, [value]));
        return this;
    }

    public OperatorCase Integers(string name, params long[] values)
    {
        _constants.Add(OnnxTensor.FromInt64s(name, values, values.Length));
        return this;
    }

    public OperatorCase Constant(OnnxTensor tensor)
    {
        _constants.Add(tensor);
        return this;
    }

    /// <summary>Normally distributed weights from the case's own seed.</summary>
    public OperatorCase Random(string name, params long[] shape) => Floats(name, Normal(new Random(Seed + _constants.Count + 100), shape.Aggregate(1L, (cells, length) => cells * length)), shape);

    /// <summary>The operators alone: x to y.</summary>
    public OnnxModel Body()
    {
        OnnxModel model = OnnxModel.Create(Opset, Name);
        foreach (string domain in _nodes.Select(node => node.Domain).Where(domain => domain.Length > 0).Distinct())
            model.OperatorSets.Add(new Protobuf.OperatorSetIdProto { Domain = domain, Version = 1 });
        OnnxDimension[] shape = [.. Shape.Select((length, axis) => FreeAxes.Contains(axis) ? new OnnxDimension(null, $"axis{axis}") : (OnnxDimension)length)];
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, shape));
        foreach (OnnxTensor constant in _constants)
        {
            model.AddInitializer(constant);
            if (ConstantsAsInputs)
                model.AddInput(new OnnxValueInfo(constant.Name, constant.ElementType, [.. constant.Shape.Select(length => (OnnxDimension)length)]));
        }

        foreach (OnnxNode node in _nodes)
            model.Add(new OnnxNode(node.Proto.Clone()));
        model.AddOutput(new OnnxValueInfo("y", OnnxElementType.Float, null));
        return model;
    }

    public FloatTensor Input()
    {
        Random random = new(Seed);
        FloatTensor x = new(Shape);
        float[] normal = Normal(random, x.Length);
        for (int i = 0; i < x.Length; i++)
            x.Span[i] = Value is null ? normal[i] : Value(random, i);
        return x;
    }

    public static float[] Normal(Random random, long count)
    {
        float[] values = new float[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }

    public override string ToString() => Name;
}
