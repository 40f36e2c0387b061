namespace AudioEmotionXai.TestKit;

/// <summary>One LSTM, GRU or RNN node with any of its attributes, as an <see cref="OperatorCase"/> with a plain twin: items first in x
/// (items, steps, features), all asked outputs side by side in y (items, cells).</summary>
internal sealed record RecurrentCase(string Operator)
{
    private const float WeightSize = 0.5f;

    public string Direction { get; init; } = "forward";

    public int Steps { get; init; } = 5;

    public int Inputs { get; init; } = 3;

    public int Hidden { get; init; } = 4;

    public int Items { get; init; } = 3;

    public bool Bias { get; init; } = true;

    public bool Peepholes { get; init; }

    /// <summary>Whether the first states are computed from x, so that they pass gradients too.</summary>
    public bool InitialStates { get; init; }

    /// <summary>Whether items whose last value is negative are two steps shorter.</summary>
    public bool Lengths { get; init; }

    public bool ItemsFirst { get; init; }

    public float? Clip { get; init; }

    public bool InputForget { get; init; }

    public bool LinearBeforeReset { get; init; }

    /// <summary>Functions with their parameters; null takes the defaults.</summary>
    public (string Name, float Alpha, float Beta)[]? Functions { get; init; }

    /// <summary>Which of Y, the last states and the last cells are outputs.</summary>
    public bool[] Outputs { get; init; } = [true, false, false];

    public int Opset { get; init; } = 17;

    public int Seed { get; init; } = 1;

    /// <summary>Whether small steps may cross a kink.</summary>
    public bool Kinks { get; init; } = true;

    private int Directions => Direction is "bidirectional" ? 2 : 1;

    private int Gates => Operator switch { "LSTM" => 4, "GRU" => 3, _ => 1 };

    private string[] Defaults => Operator switch { "LSTM" => ["Sigmoid", "Tanh", "Tanh"], "GRU" => ["Sigmoid", "Tanh"], _ => ["Tanh"] };

    private (string Name, float Alpha, float Beta)[] AllFunctions =>
        Functions ?? [.. Enumerable.Repeat(Defaults, Directions).SelectMany(names => names).Select(name => (name, 0f, 0f))];

    public OperatorCase Build()
    {
        OperatorCase test = new(ToString(), Steps, Inputs) { Opset = Opset, Items = Items, Seed = Seed, HasKinks = Kinks, Plain = Twin };
        foreach ((string name, float[] values, long[] shape) in Constants())
            test.Floats(name, values, shape);
        string x = "x";
        if (!ItemsFirst)
            test.Node("Transpose", ["x"], x = "steps_first", node => node.Set("perm", 1, 0, 2));
        string[] inputs = [x, "W", "R", Bias ? "B" : "", Lengths ? AddLengths(test) : "", "", "", Peepholes ? "P" : ""];
        if (InitialStates)
            (inputs[5], inputs[6]) = (AddInitial(test, "h"), Operator is "LSTM" ? AddInitial(test, "c") : "");
        int used = Array.FindLastIndex(inputs, input => input.Length > 0) + 1;
        OnnxNode node = new(
            Operator, "recurrent", inputs[..used], [.. Outputs.Take(Operator is "LSTM" ? 3 : 2).Select((asked, i) => asked ? $"out{i}" : "")]);
        test.Node(SetAttributes(node));
        Join(test);
        return test;
    }

    private OnnxNode SetAttributes(OnnxNode node)
    {
        node.Set("hidden_size", Hidden).Set("direction", Direction);
        if (ItemsFirst)
            node.Set("layout", 1);
        if (Clip is { } clip)
            node.Set("clip", clip);
        if (InputForget)
            node.Set("input_forget", 1);
        if (LinearBeforeReset)
            node.Set("linear_before_reset", 1);
        if (Functions is null)
            return node;
        SetStrings(node, "activations", [.. Functions.Select(function => function.Name)]);
        float[] alphas = [.. Functions.Where(function => Parameters(function.Name) > 0).Select(function => function.Alpha)];
        float[] betas = [.. Functions.Where(function => Parameters(function.Name) > 1).Select(function => function.Beta)];
        if (alphas.Length > 0)
            node.Set("activation_alpha", alphas.AsSpan());
        if (betas.Length > 0)
            node.Set("activation_beta", betas.AsSpan());
        return node;
    }

    private static void SetStrings(OnnxNode node, string name, string[] values)
    {
        Protobuf.AttributeProto attribute = new() { Name = name, Type = Protobuf.AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.AddRange(values.Select(Google.Protobuf.ByteString.CopyFromUtf8));
        node.Proto.Attribute.Add(attribute);
    }

    private static int Parameters(string function) => function switch
    {
        "Affine" or "ScaledTanh" or "HardSigmoid" => 2,
        "LeakyRelu" or "ThresholdedRelu" or "Elu" => 1,
        _ => 0,
    };

    /// <summary>Five steps, or three where the very last value of the item is negative.</summary>
    private string AddLengths(OperatorCase test)
    {
        test.Integers("minus_one", -1).Integers("all", -1).Scalar("zero", 0).Scalar("long", Steps).Scalar("short", Steps - 2);
        test.Integers("last_cell", (Steps * Inputs) - 1).Integers("flat_shape", 0, -1);
        test.Node("Reshape", ["x", "flat_shape"], "flat").Node("Gather", ["flat", "last_cell"], "last", node => node.Set("axis", 1));
        test.Node("Reshape", ["last", "all"], "lasts").Node("Less", ["lasts", "zero"], "is_short");
        test.Node("Where", ["is_short", "short", "long"], "lengths_float");
        test.Node("Cast", ["lengths_float"], "lengths", node => node.Set("to", (long)OnnxElementType.Int32));
        return "lengths";
    }

    private string AddInitial(OperatorCase test, string state)
    {
        test.Integers($"{state}_first", 0).Integers($"{state}_shape", -1, Directions, Hidden);
        test.Node("Gather", ["x", $"{state}_first"], $"{state}_step", node => node.Set("axis", 1));
        test.Integers($"{state}_flat_shape", -1, Inputs).Node("Reshape", [$"{state}_step", $"{state}_flat_shape"], $"{state}_row");
        test.Node("MatMul", [$"{state}_row", $"initial_{state}"], $"{state}_flat");
        test.Node("Reshape", [$"{state}_flat", $"{state}_shape"], $"{state}_items_first");
        if (ItemsFirst)
            return $"{state}_items_first";
        test.Node("Transpose", [$"{state}_items_first"], $"{state}_initial", node => node.Set("perm", 1, 0, 2));
        return $"{state}_initial";
    }

    private void Join(OperatorCase test)
    {
        test.Integers("joined", 0, -1);
        List<string> parts = [];
        for (int i = 0; i < (Operator is "LSTM" ? 3 : 2); i++)
        {
            if (!Outputs[i])
                continue;
            string items = $"out{i}";
            if (!ItemsFirst)
            {
                long[] order = i == 0 ? [2, 0, 1, 3] : [1, 0, 2];
                test.Node("Transpose", [items], items = $"items{i}", node => node.Set("perm", order));
            }

            test.Node("Reshape", [items, "joined"], $"part{i}");
            parts.Add($"part{i}");
        }

        test.Node("Concat", [.. parts], "y", node => node.Set("axis", 1));
    }

    private IEnumerable<(string Name, float[] Values, long[] Shape)> Constants()
    {
        Random random = new(Seed + 1000);

        (string, float[], long[]) Make(string name, params long[] shape) =>
            (name, Array.ConvertAll(OperatorCase.Normal(random, shape.Aggregate(1L, (cells, length) => cells * length)), value => WeightSize * value), shape);

        yield return Make("W", Directions, Gates * Hidden, Inputs);
        yield return Make("R", Directions, Gates * Hidden, Hidden);
        yield return Make("B", Directions, 2 * Gates * Hidden);
        yield return Make("P", Directions, 3 * Hidden);
        yield return Make("initial_h", Inputs, Directions * Hidden);
        yield return Make("initial_c", Inputs, Directions * Hidden);
    }

    private double[] Twin(double[] x)
    {
        Dictionary<string, float[]> constants = Constants().ToDictionary(constant => constant.Name, constant => constant.Values);

        float[] Part(string name, int direction)
        {
            int cells = constants[name].Length / Directions;
            return constants[name][(direction * cells)..((direction + 1) * cells)];
        }

        PlainRecurrence plain = new()
        {
            Operator = Operator,
            Inputs = Inputs,
            Hidden = Hidden,
            Weights =
            [
                .. Enumerable.Range(0, Directions).Select(d =>
                    (Part("W", d), Part("R", d), Bias ? Part("B", d) : null, Peepholes ? Part("P", d) : null)),
            ],
            Functions = [.. AllFunctions.Select(function => PlainRecurrence.Function(function.Name, function.Alpha, function.Beta))],
            Reversed = Direction is "reverse" ? [true] : [false, true],
            Clip = Clip ?? double.PositiveInfinity,
            InputForget = InputForget,
            LinearBeforeReset = LinearBeforeReset,
        };
        int length = Lengths && x[^1] < 0 ? Steps - 2 : Steps;
        (double[] y, double[] h, double[] c) = plain.Run(x, Steps, length, Initial("initial_h"), Initial("initial_c"));
        double[][] outputs = [y, h, c];
        return [.. outputs.Where((_, i) => Outputs[i] && (i < 2 || Operator is "LSTM")).SelectMany(values => values)];

        double[] Initial(string name)
        {
            double[] state = new double[Directions * Hidden];
            if (InitialStates)
                for (int cell = 0; cell < state.Length; cell++)
                    for (int k = 0; k < Inputs; k++)
                        state[cell] += x[k] * constants[name][(k * state.Length) + cell];
            return state;
        }
    }

    public override string ToString() =>
        string.Join(
            " ",
            new[]
            {
                Operator, Direction, $"{Items}x{Steps}x{Inputs}->{Hidden}", Bias ? "B" : "", Peepholes ? "P" : "", InitialStates ? "initial" : "",
                Lengths ? "lengths" : "", ItemsFirst ? "layout1" : "", Clip is null ? "" : "clip", InputForget ? "coupled" : "",
                LinearBeforeReset ? "linear_first" : "", string.Concat(Outputs.Select(asked => asked ? '1' : '0')),
                Functions is null ? "" : string.Join(',', Functions.Select(function => function.Name)), $"opset{Opset}",
            }.Where(part => part.Length > 0));
}
