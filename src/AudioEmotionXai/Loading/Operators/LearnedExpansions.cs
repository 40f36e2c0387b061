namespace AudioEmotionXai;

/// <summary>Linear operators of ai.onnx.ml, which scikit-learn's exporter writes.</summary>
internal static class LearnedExpansions
{
    public static void Scaler(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        float[] offsets = at.Node.GetFloats("offset") ?? [0], scales = at.Node.GetFloats("scale") ?? [1];
        string centred = emit.Sub(Float(at), emit.Floats("offsets", offsets, offsets.Length));
        at.Write(emit.Mul(centred, emit.Floats("scales", scales, scales.Length)));
    }

    public static void Normalizer(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        string x = Float(at);
        long last = at.Rank(0) - 1;
        string norm = at.Node.GetString("norm", "MAX");
        Expansion.Require(norm is "MAX" or "L1" or "L2", $"its norm is '{norm}'");
        at.Write(
            norm is "MAX"
                ? emit.Div(x, NotZero(emit, emit.ReduceMax(x, [last])))
                : emit.Node("LpNormalization", [x], node => node.Set("p", norm is "L1" ? 1 : 2).Set("axis", last)));
    }

    public static void Regressor(Expansion at)
    {
        long targets = at.Node.GetInt("targets", 1);
        at.Write(Transformed(at, Scores(at, targets)));
    }

    /// <summary>Two classes can have one row of coefficients: of the second.</summary>
    public static void Classifier(Expansion at)
    {
        float[] coefficients = at.Node.GetFloats("coefficients") ?? [];
        long features = Expansion.Fixed(at.Shape(0)[^1], "its number of features");
        long rows = coefficients.Length / features;
        Expansion.Require(rows > 1, "it has one row of coefficients");
        at.Write(Transformed(at, Scores(at, rows)), 1);
        if (!at.Writes(0))
            return;
        // The label, which may be a text, is still its own
        OnnxNode label = at.Node.Clone();
        label.Proto.Output.Clear();
        label.Proto.Output.Add(at.Node.Outputs[0]);
        label.Proto.Output.Add($"{at.Node.Outputs[0]}/scores");
        at.Keep(label);
    }

    private static string Scores(Expansion at, long rows)
    {
        GraphEmitter emit = at.Emit;
        float[] coefficients = at.Node.GetFloats("coefficients") ?? [];
        float[] intercepts = at.Node.GetFloats("intercepts") ?? new float[rows];
        string weights = emit.Floats("coefficients", coefficients, rows, coefficients.Length / rows);
        return emit.Node(
            "Gemm", [Float(at), weights, emit.Floats("intercepts", intercepts, intercepts.Length)], gemm => gemm.Set("transB", 1));
    }

    private static string Transformed(Expansion at, string scores) => at.Node.GetString("post_transform", "NONE") switch
    {
        "NONE" => scores,
        "SOFTMAX" => at.Emit.Softmax(scores, 1),
        "LOGISTIC" => at.Emit.Sigmoid(scores),
        string other => throw new NotExpandedException($"its post_transform is '{other}'"),
    };

    private static string NotZero(GraphEmitter emit, string x) => emit.Where(emit.Equal(x, emit.Scalar(0)), emit.Scalar(1), x);

    private static string Float(Expansion at) =>
        at.TypeOf(at.Input(0)) is OnnxElementType.Float ? at.Input(0) : at.Emit.ToFloat(at.Input(0));
}
