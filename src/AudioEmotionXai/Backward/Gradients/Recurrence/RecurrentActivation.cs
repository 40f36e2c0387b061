namespace AudioEmotionXai;

/// <summary>A function that LSTM, GRU and RNN apply to single cells, with its parameters.</summary>
/// <param name="Name">The function as the operators' specification names it, in lower case.</param>
/// <param name="Alpha">Its first parameter, where it takes one.</param>
/// <param name="Beta">Its second parameter, where it takes one.</param>
internal sealed record RecurrentActivation(string Name, float Alpha, float Beta)
{
    /// <summary>The functions there are.</summary>
    public static IReadOnlyList<string> Known { get; } =
        ["Affine", "Elu", "HardSigmoid", "LeakyRelu", "Relu", "ScaledTanh", "Sigmoid", "Softplus", "Softsign", "Tanh", "ThresholdedRelu"];

    /// <summary>The functions of a node. Parameters are dealt out in the order of the functions that take them; where they run out, the
    /// runtime's defaults hold.</summary>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    public static RecurrentActivation[] Of(IReadOnlyList<string> names, IReadOnlyList<float> alphas, IReadOnlyList<float> betas)
    {
        RecurrentActivation[] activations = new RecurrentActivation[names.Count];
        (int alpha, int beta) = (0, 0);
        for (int i = 0; i < activations.Length; i++)
        {
            if (!Known.Contains(names[i], StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"there is no activation '{names[i]}'; there are {string.Join(", ", Known)}");
            string name = names[i].ToLowerInvariant();
            (float Alpha, float Beta) parameters = Defaults(name);
            if (ParametersOf(name) > 0 && alpha < alphas.Count)
                parameters.Alpha = alphas[alpha++];
            if (ParametersOf(name) > 1 && beta < betas.Count)
                parameters.Beta = betas[beta++];
            activations[i] = new RecurrentActivation(name, parameters.Alpha, parameters.Beta);
        }

        return activations;
    }

    /// <summary>Emits the function.</summary>
    public string Value(GraphEmitter emit, string x) => Name switch
    {
        "affine" => emit.Shift(emit.Scale(x, Alpha), Beta),
        "relu" => emit.Relu(x),
        "leakyrelu" => emit.Node("LeakyRelu", [x], node => node.Set("alpha", Alpha)),
        "thresholdedrelu" => emit.Where(emit.Greater(x, emit.Scalar(Alpha)), x, emit.Scalar(0)),
        "tanh" => emit.Tanh(x),
        "scaledtanh" => emit.Scale(emit.Tanh(emit.Scale(x, Beta)), Alpha),
        "sigmoid" => emit.Sigmoid(x),
        "hardsigmoid" => emit.Node("HardSigmoid", [x], node => node.Set("alpha", Alpha).Set("beta", Beta)),
        "elu" => emit.Node("Elu", [x], node => node.Set("alpha", Alpha)),
        "softsign" => emit.Node("Softsign", [x]),
        _ => emit.Node("Softplus", [x]),
    };

    /// <summary>Emits the function's derivative at x, where it has the value y.</summary>
    public string Derivative(GraphEmitter emit, string x, string y) => Name switch
    {
        "affine" => emit.ExpandLike(emit.Scalar(Alpha), x),
        "relu" => emit.Step(y),
        "leakyrelu" => emit.Shift(emit.Scale(emit.Step(x), 1 - Alpha), Alpha),
        "thresholdedrelu" => emit.ToFloat(emit.Greater(x, emit.Scalar(Alpha))),
        "tanh" => emit.Complement(emit.Square(y)),
        "scaledtanh" => emit.Scale(emit.Complement(emit.Square(emit.Tanh(emit.Scale(x, Beta)))), Alpha * Beta),
        "sigmoid" => emit.Mul(y, emit.Complement(y)),
        "hardsigmoid" => emit.Scale(emit.Step(emit.Mul(y, emit.Complement(y))), Alpha),
        "elu" => emit.Where(emit.Greater(x, emit.Scalar(0)), emit.Scalar(1), emit.Shift(y, Alpha)),
        "softsign" => emit.Reciprocal(emit.Square(emit.Shift(emit.Abs(x), 1))),
        _ => emit.Sigmoid(x),
    };

    /// <summary>How many of the two parameters a function takes.</summary>
    private static int ParametersOf(string name) => name switch
    {
        "affine" or "scaledtanh" or "hardsigmoid" => 2,
        "leakyrelu" or "thresholdedrelu" or "elu" => 1,
        _ => 0,
    };

    private static (float Alpha, float Beta) Defaults(string name) => name switch
    {
        "leakyrelu" => (0.01f, 0),
        "hardsigmoid" => (0.2f, 0.5f),
        "elu" => (1, 0),
        _ => (0, 0),
    };
}

/// <summary>A gate as the backward pass needs it: what it lets through, and how that changes with what goes into it.</summary>
/// <param name="Value">The activation's value.</param>
/// <param name="Derivative">The activation's derivative; 0 where what goes in was clipped.</param>
internal readonly record struct RecurrentGate(string Value, string Derivative)
{
    /// <summary>Emits an activation, its input clipped before it where the node says so.</summary>
    public static string ValueOf(GraphEmitter emit, RecurrentActivation activation, float? clip, string x) =>
        activation.Value(emit, Clipped(emit, clip, x));

    /// <summary>Emits an activation and its derivative.</summary>
    public static RecurrentGate Of(GraphEmitter emit, RecurrentActivation activation, float? clip, string x)
    {
        string clipped = Clipped(emit, clip, x);
        string value = activation.Value(emit, clipped);
        string derivative = activation.Derivative(emit, clipped, value);
        return new RecurrentGate(
            value, clip is { } bound ? emit.Mul(derivative, emit.ToFloat(emit.Less(emit.Abs(x), emit.Scalar(bound)))) : derivative);
    }

    private static string Clipped(GraphEmitter emit, float? clip, string x) =>
        clip is { } bound ? emit.Node("Clip", [x, emit.Scalar(-bound), emit.Scalar(bound)]) : x;
}
