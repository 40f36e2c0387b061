namespace AudioEmotionXai.Tests;

/// <summary>Functions of single cells, each against its formula in double precision.</summary>
internal sealed class ActivationGradientTests
{
    [TestCaseSource(nameof(Cases))]
    public void TheGradientIsTheDerivative(OperatorCase test) => GradientCheck.Run(test);

    private static IEnumerable<OperatorCase> Cases()
    {
        yield return Unary("Relu", x => Math.Max(x, 0));
        yield return Unary("LeakyRelu", x => x > 0 ? x : 0.3f * x, alpha: 0.3f);
        yield return Unary("LeakyRelu", x => x > 0 ? x : 0.01f * x);
        yield return Unary("Elu", x => x > 0 ? x : 1.7f * Expm1(x), alpha: 1.7f);
        yield return Unary("Elu", x => x > 0 ? x : Expm1(x), opset: 11);
        yield return Unary("Selu", x => 1.05070102214813232421875 * (x > 0 ? x : 1.67326319217681884765625 * Expm1(x)));
        yield return Unary("Celu", x => Math.Max(0, x) + Math.Min(0, 0.6f * Expm1(x / 0.6f)), alpha: 0.6f);
        yield return Unary("ThresholdedRelu", x => x > 0.4f ? x : 0, alpha: 0.4f);
        yield return Unary("Sigmoid", Sigmoid);
        yield return Unary("HardSigmoid", x => Math.Clamp((0.2f * x) + 0.5, 0, 1));
        yield return Unary("HardSigmoid", x => Math.Clamp((0.5f * x) + 0.5, 0, 1), alpha: 0.5f);
        yield return Unary("HardSwish", x => x * Math.Clamp((x / 6) + 0.5, 0, 1), spread: 5);
        yield return Unary("Tanh", Math.Tanh);
        yield return Unary("Softplus", x => Math.Log(1 + Math.Exp(x)));
        yield return Unary("Softsign", x => x / (1 + Math.Abs(x)));
        yield return Unary("Erf", Erf);
        yield return Unary("Gelu", x => x * 0.5 * (1 + Erf(x / Math.Sqrt(2))), opset: 20);
        yield return Unary("Gelu", x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))), opset: 20, approximate: "tanh");
        yield return Unary("Mish", x => x * Math.Tanh(Math.Log(1 + Math.Exp(x))), opset: 18);
        yield return Unary("Swish", x => x * Sigmoid(1.3f * x), alpha: 1.3f, opset: 24);
        yield return Case("CastLike", 15, x => x).Scalar("like", 1).Node("CastLike", ["x", "like"]);
        yield return Unary("Neg", x => -x);
        yield return Unary("Abs", Math.Abs);
        yield return Unary("Exp", Math.Exp);
        yield return Unary("Sin", Math.Sin);
        yield return Unary("Cos", Math.Cos);
        yield return Unary("Sqrt", Math.Sqrt, positive: true);
        yield return Unary("Log", Math.Log, positive: true);
        yield return Unary("Reciprocal", x => 1 / x, positive: true);
        yield return Case("Swish of Sigmoid and Mul", 11, x => x * Sigmoid(x)).Node("Sigmoid", ["x"], "s").Node("Mul", ["x", "s"]);
        yield return Case("HardSwish of Clip", 13, x => x * Math.Clamp(x + 3, 0, 6) / 6, spread: 5)
            .Scalar("three", 3).Scalar("zero", 0).Scalar("six", 6)
            .Node("Add", ["x", "three"], "a").Node("Clip", ["a", "zero", "six"], "b").Node("Mul", ["x", "b"], "c").Node("Div", ["c", "six"]);
        yield return Case("Gelu of Erf", 11, x => x * 0.5 * (1 + Erf(x / Math.Sqrt(2))))
            .Scalar("root", MathF.Sqrt(2)).Scalar("one", 1).Scalar("half", 0.5f)
            .Node("Div", ["x", "root"], "a").Node("Erf", ["a"], "b").Node("Add", ["b", "one"], "c").Node("Mul", ["x", "c"], "d").Node("Mul", ["d", "half"]);
        yield return Case("Mish of Softplus, Tanh and Mul", 11, x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))).Node("Softplus", ["x"], "a").Node("Tanh", ["a"], "b").Node("Mul", ["x", "b"]);
        foreach (int opset in (int[])[11, 13, 21])
        {
            yield return Case($"Clip both, opset {opset}", opset, x => Math.Clamp(x, -0.5f, 0.9f)).Scalar("low", -0.5f).Scalar("high", 0.9f).Node("Clip", ["x", "low", "high"]);
            yield return Case($"Clip low, opset {opset}", opset, x => Math.Max(x, 0.4f)).Scalar("low", 0.4f).Node("Clip", ["x", "low"]);
            yield return Case($"Clip high, opset {opset}", opset, x => Math.Min(x, 0.4f)).Scalar("high", 0.4f).Node("Clip", ["x", "", "high"]);
        }

        yield return Case("Clip neither", 13, x => x).Node("Clip", ["x"]);
        yield return new OperatorCase("PRelu per channel", 3, 4, 5) { Value = AwayFromKinks }.Floats("slope", [0.1f, -0.4f, 1.5f], 3, 1, 1).Node("PRelu", ["x", "slope"]);
        yield return new OperatorCase("PRelu shared", 3, 5) { Value = AwayFromKinks, Opset = 11 }.Floats("slope", [0.3f], 1).Node("PRelu", ["x", "slope"]);
        yield return new OperatorCase("PRelu with a computed slope", 3, 5) { Value = AwayFromKinks }.Node("Sigmoid", ["x"], "slope").Node("PRelu", ["x", "slope"]);
        yield return new OperatorCase("Clip with computed bounds", 3, 5) { Value = AwayFromKinks, Items = 1, FreeAxes = [] }
            .Scalar("scale", 0.37f)
            .Node("ReduceMean", ["x"], "mean", reduce => reduce.Set("keepdims", 0)).Node("Sub", ["mean", "scale"], "low").Node("Add", ["mean", "scale"], "high").Node("Clip", ["x", "low", "high"]);
    }

    private static OperatorCase Unary(string opType, Func<double, double> function, float alpha = float.NaN, int opset = 17, float spread = 2, bool positive = false, string approximate = "")
    {
        string name = $"{opType}{(float.IsNaN(alpha) ? "" : FormattableString.Invariant($" alpha {alpha}"))}{approximate} opset {opset}";
        return Case(name, opset, function, spread, positive).Node(opType, ["x"], set: node =>
        {
            if (!float.IsNaN(alpha))
                node.Set("alpha", alpha);
            if (approximate.Length > 0)
                node.Set("approximate", approximate);
        });
    }

    private static OperatorCase Case(string name, int opset, Func<double, double> function, float spread = 2, bool positive = false) => new(name, 3, 7)
    {
        Opset = opset,
        Plain = x => Array.ConvertAll(x, value => function(value)),
        Value = (random, index) => positive ? 0.5f + random.NextSingle() : spread / 2 * AwayFromKinks(random, index),
    };

    /// <summary>-2 to 2 in steps of 0.1, shifted by 0.05 so that no value is close to where the functions bend.</summary>
    private static float AwayFromKinks(Random random, int index) => (random.Next(-20, 20) * 0.1f) + 0.05f;

    private static double Expm1(double x) => Math.Exp(x) - 1;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Erf(double x) => MathNet.Numerics.SpecialFunctions.Erf(x);
}
