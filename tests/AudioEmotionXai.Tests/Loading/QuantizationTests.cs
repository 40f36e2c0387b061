namespace AudioEmotionXai.Tests;

/// <summary>
/// Operators on integers in float32. Forward against the runtime's own integer kernels: within one step of the result where they add up
/// otherwise, exact where they only round. Gradients against the same layers without rounding, which straight through means.
/// </summary>
internal sealed class QuantizationTests
{
    private const float WeightScale = 0.02f, OutScale = 0.05f;

    [TestCaseSource(nameof(Rounding))]
    public void RoundingIsExact(OperatorCase test) => AssertForward(test, 1e-6, 0);

    [TestCaseSource(nameof(Layers))]
    public void LayersAreRightToAStep(OperatorCase test) => AssertForward(test, OutScale * 1.01, 0.05);

    [Test]
    public void TheGradientIsThatOfTheNumbersThatTheIntegersStandFor()
    {
        sbyte[] weights = Weights(4 * 3 * 3 * 2);
        OperatorCase quantized = New("quantized", 3, 5, 7).Quantize("x", "q").Dequantize("q", "d").Integers8("w", weights, 4, 3, 3, 2)
            .Scalar("ws", WeightScale).Constant(Zero("wz", OnnxElementType.Int8)).Node("DequantizeLinear", ["w", "ws", "wz"], "wd")
            .Node("Conv", ["d", "wd"], "c", node => node.Set("strides", 2, 1)).Quantize("c", "cq").Dequantize("cq", "y");
        OperatorCase plain = New("plain", 3, 5, 7).Floats("w", [.. weights.Select(weight => weight * WeightScale)], 4, 3, 3, 2).Node("Conv", ["x", "w"], set: node => node.Set("strides", 2, 1));
        float[] expected = GradientCheck.OfTheSum(plain);
        Assert.That(GradientCheck.OfTheSum(quantized), Is.EqualTo(expected).Within(1e-5f * expected.Max(Math.Abs)));
    }

    [Test]
    public void TheGradientPassesStepsThatAreFittedToTheValues()
    {
        OperatorCase dynamic = New("dynamic", 5).Node(new OnnxNode("DynamicQuantizeLinear", "dynamic", ["x"], ["q", "s", "z"]))
            .Integers8("w", Weights(5 * 4), 5, 4).Constant(Zero("wz", OnnxElementType.Int8)).Node("MatMulInteger", ["q", "w", "z", "wz"], "i").Node("Cast", ["i"], "f", node => node.Set("to", 1))
            .Scalar("ws", WeightScale).Node("Mul", ["s", "ws"], "both").Node("Mul", ["f", "both"]);
        OperatorCase plain = New("plain", 5).Floats("w", [.. Weights(5 * 4).Select(weight => weight * WeightScale)], 5, 4).Node("MatMul", ["x", "w"]);
        float[] expected = GradientCheck.OfTheSum(plain);
        Assert.That(GradientCheck.OfTheSum(dynamic), Is.EqualTo(expected).Within(1e-5f * expected.Max(Math.Abs)));
    }

    [Test]
    public void AnOperatorThatIsNotKnownKeepsItsIntegers()
    {
        OperatorCase test = New("unknown", 5).Quantize("x", "q").Node("BitShift", ["q", "q"], "b", node => node.Set("direction", "LEFT")).Dequantize("b", "y");
        OnnxModel model = test.Body();
        MadePlain.Of(model);
        Assert.That(model.Nodes.Select(node => node.OpType), Does.Contain("BitShift").And.Contain("QuantizeLinear"));
    }

    private static IEnumerable<OperatorCase> Rounding()
    {
        yield return New("pair", 3, 5).Quantize("x", "q").Dequantize("q", "y");
        yield return New("pair, saturated", 3, 5, 7).Scalar("ten", 10).Node("Mul", ["x", "ten"], "m").Quantize("m", "q").Dequantize("q", "y");
        yield return New("pair of signed integers for each channel", 3, 5).Floats("s", [0.01f, 0.02f, 0.07f], 3).Integers8("z", [0, 5, -7], 3)
            .Node("QuantizeLinear", ["x", "s", "z"], "q", node => node.Set("axis", 1)).Node("DequantizeLinear", ["q", "s", "z"], "y", node => node.Set("axis", 1));
        yield return New("between the two", 3, 4, 6).Quantize("x", "q").Node("MaxPool", ["q"], "p", node => node.Set("kernel_shape", 2, 2)).Node("Transpose", ["p"], "t", node => node.Set("perm", 0, 2, 1, 3)).Dequantize("t", "y");
        yield return New("NhwcMaxPool", 6, 7, 3).Quantize("x", "q").Microsoft("NhwcMaxPool", ["q"], node => node.Set("kernel_shape", 3, 2).Set("strides", 2, 1).Set("pads", 1, 0, 1, 1), "p").Dequantize("p", "y");
        yield return New("dynamic", 3, 5).Node(new OnnxNode("DynamicQuantizeLinear", "dynamic", ["x"], ["q", "s", "z"])).Node("DequantizeLinear", ["q", "s", "z"]);
        yield return New("ConvInteger", 3, 5, 7).Quantize("x", "q").Integers8("w", Weights(4 * 3 * 3 * 2), 4, 3, 3, 2).Node("ConvInteger", ["q", "w", "xz"], "i", node => node.Set("pads", 1, 0, 1, 1)).Node("Cast", ["i"], set: node => node.Set("to", 1));
        yield return New("MatMulInteger", 3, 5).Quantize("x", "q").Integers8("w", Weights(5 * 4), 5, 4).Constant(Zero("wz", OnnxElementType.Int8)).Node("MatMulInteger", ["q", "w", "xz", "wz"], "i").Node("Cast", ["i"], set: node => node.Set("to", 1));
    }

    private static IEnumerable<OperatorCase> Layers()
    {
        yield return New("QLinearConv", 3, 5, 7).Quantize("x", "q").Integers8("w", Weights(4 * 3 * 3 * 2), 4, 3, 3, 2).Constant(Zero("wz", OnnxElementType.Int8)).Scalar("ws", WeightScale).Result()
            .Constant(OnnxTensor.FromBytes("b", OnnxElementType.Int32, [.. new[] { 10, -200, 300, 7 }.SelectMany(BitConverter.GetBytes)], [4]))
            .Node("QLinearConv", ["q", "xs", "xz", "w", "ws", "wz", "ys", "yz", "b"], "r", node => node.Set("pads", 1, 0, 1, 1).Set("strides", 2, 1)).Read("r");
        yield return New("QLinearConv, a scale for each channel", 3, 5, 7).Quantize("x", "q").Integers8("w", Weights(4 * 3 * 3 * 2), 4, 3, 3, 2).Integers8("wz", [0, 0, 0, 0], 4).Floats("ws", [0.01f, 0.02f, 0.03f, 0.015f], 4).Result()
            .Node("QLinearConv", ["q", "xs", "xz", "w", "ws", "wz", "ys", "yz"], "r").Read("r");
        yield return New("QLinearMatMul", 3, 5).Quantize("x", "q").Bytes("w", [.. Weights(5 * 4).Select(weight => (byte)(weight + 128))], 5, 4).Bytes("wz", [125]).Scalar("ws", WeightScale).Result()
            .Node("QLinearMatMul", ["q", "xs", "xz", "w", "ws", "wz", "ys", "yz"], "r").Read("r");
        yield return New("QGemm", 5).Quantize("x", "q").Bytes("w", [.. Weights(5 * 4).Select(weight => (byte)(weight + 128))], 4, 5).Bytes("wz", [125]).Scalar("ws", WeightScale).Result()
            .Constant(OnnxTensor.FromBytes("b", OnnxElementType.Int32, [.. new[] { 10, -200, 300, 7 }.SelectMany(BitConverter.GetBytes)], [4]))
            .Microsoft("QGemm", ["q", "xs", "xz", "w", "ws", "wz", "b", "ys", "yz"], node => node.Set("transB", 1), "r").Read("r");
        yield return New("QLinearAdd", 3, 5).Quantize("x", "q").Result().Microsoft("QLinearAdd", ["q", "xs", "xz", "q", "ys", "yz", "ys", "yz"], null, "r").Read("r");
        yield return New("QLinearMul", 3, 5).Quantize("x", "q").Result().Microsoft("QLinearMul", ["q", "xs", "xz", "q", "ys", "yz", "ys", "yz"], null, "r").Read("r");
        yield return New("QLinearSigmoid", 3, 5).Quantize("x", "q").Result().Microsoft("QLinearSigmoid", ["q", "xs", "xz", "ys", "yz"], null, "r").Read("r");
        yield return New("QLinearLeakyRelu", 3, 5).Quantize("x", "q").Result().Microsoft("QLinearLeakyRelu", ["q", "xs", "xz", "ys", "yz"], node => node.Set("alpha", 0.3f), "r").Read("r");
        yield return New("QLinearGlobalAveragePool", 3, 4, 5).Quantize("x", "q").Result().Microsoft("QLinearGlobalAveragePool", ["q", "xs", "xz", "ys", "yz"], null, "r").Read("r");
        yield return New("QLinearAveragePool", 3, 4, 5).Quantize("x", "q").Result().Microsoft("QLinearAveragePool", ["q", "xs", "xz", "ys", "yz"], node => node.Set("kernel_shape", 2, 3).Set("strides", 1, 2), "r").Read("r");
        yield return New("QLinearSoftmax", 3, 5).Quantize("x", "q").Scalar("ys", 1 / 256f).Bytes("yz", [0]).Microsoft("QLinearSoftmax", ["q", "xs", "xz", "ys", "yz"], node => node.Set("axis", -1).Set("opset", 13), "r").Read("r");
        yield return New("QLinearConcat", 3, 5).Quantize("x", "q").Result().Microsoft("QLinearConcat", ["ys", "yz", "q", "xs", "xz", "q", "ys", "yz"], node => node.Set("axis", 1), "r").Read("r");
        yield return New("MatMulIntegerToFloat", 3, 5).Quantize("x", "q").Bytes("w", [.. Weights(5 * 4).Select(weight => (byte)(weight + 128))], 5, 4).Bytes("wz", [125]).Scalar("ws", WeightScale).Random("b", 4)
            .Microsoft("MatMulIntegerToFloat", ["q", "w", "xs", "ws", "xz", "wz", "b"]);
        yield return New("DynamicQuantizeMatMul", 3, 5).Bytes("w", [.. Weights(5 * 4).Select(weight => (byte)(weight + 128))], 5, 4).Bytes("wz", [125]).Scalar("ws", WeightScale).Random("b", 4)
            .Microsoft("DynamicQuantizeMatMul", ["x", "w", "ws", "wz", "b"]);
    }

    private static void AssertForward(OperatorCase test, double step, double most)
    {
        OnnxModel plain = test.Body();
        MadePlain.Of(plain);
        Assert.That(plain.Nodes.Where(node => Quantization.Find(node) is not null), Is.Empty);
        float[] expected = ExpansionCheck.Bare(test.Body(), test.Input()), actual = ExpansionCheck.Bare(plain, test.Input());
        float largest = expected.Max(Math.Abs);
        float[] differences = [.. expected.Zip(actual, (left, right) => Math.Abs(left - right))];
        Assert.That(largest, Is.GreaterThan(0.1f));
        Assert.That(differences.Max(), Is.LessThanOrEqualTo(Math.Max(step, 1e-6 * largest)));
        Assert.That(differences.Count(difference => difference > 1e-5 * largest), Is.LessThanOrEqualTo(most * differences.Length), "cells that differ at all");
    }

    private static OperatorCase New(string name, params int[] item) => new(name, item) { FreeAxes = [], Opset = 13 };

    private static sbyte[] Weights(int count)
    {
        Random random = new(4);
        return [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-60, 61))];
    }

    private static OnnxTensor Zero(string name, OnnxElementType type) => OnnxTensor.FromBytes(name, type, [0], []);
}

/// <summary>Short forms for cases of these tests.</summary>
file static class Cases
{
    public static OperatorCase Quantize(this OperatorCase test, string from, string to) => Once(test).Node("QuantizeLinear", [from, "xs", "xz"], to);

    public static OperatorCase Dequantize(this OperatorCase test, string from, string to) => test.Node("DequantizeLinear", [from, "xs", "xz"], to);

    public static OperatorCase Result(this OperatorCase test) => test.Scalar("ys", 0.05f).Bytes("yz", [110]);

    public static OperatorCase Read(this OperatorCase test, string from) => test.Node("DequantizeLinear", [from, "ys", "yz"]);

    public static OperatorCase Integers8(this OperatorCase test, string name, sbyte[] values, params long[] shape) =>
        test.Constant(OnnxTensor.FromBytes(name, OnnxElementType.Int8, [.. values.Select(value => (byte)value)], shape));

    public static OperatorCase Bytes(this OperatorCase test, string name, byte[] values, params long[] shape) =>
        test.Constant(OnnxTensor.FromBytes(name, OnnxElementType.UInt8, values, shape));

    private static OperatorCase Once(OperatorCase test) =>
        test.Body().Initializers.ContainsKey("xs") ? test : test.Scalar("xs", 0.03f).Bytes("xz", [120]);
}
