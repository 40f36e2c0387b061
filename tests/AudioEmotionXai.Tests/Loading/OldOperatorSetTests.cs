namespace AudioEmotionXai.Tests;

/// <summary>Graphs of operator sets 7 to 10: what the runtime makes of the old file, and the gradient of the same graph in new
/// spelling.</summary>
internal sealed class OldOperatorSetTests
{
    [TestCaseSource(nameof(Cases))]
    public void AnOldGraphComputesTheSameAndHasItsGradient(OperatorCase old, OperatorCase? spelledNew)
    {
        OnnxModel upgraded = old.Body();
        Assert.That(OldOperatorSets.Upgrade(upgraded), Is.GreaterThan(0));
        Assert.That(upgraded.Opset, Is.EqualTo(11));
        float[] expected = ExpansionCheck.Bare(old.Body(), old.Input());
        Assert.That(ExpansionCheck.Bare(upgraded, old.Input()), Is.EqualTo(expected).Within(1e-6f));
        if (spelledNew is null)
            return;
        float[] gradient = GradientCheck.OfTheSum(spelledNew);
        Assert.That(GradientCheck.OfTheSum(old), Is.EqualTo(gradient).Within(1e-5f * gradient.Max(Math.Abs)));
    }

    [Test]
    public void StatisticsForEveryCellAreRefused()
    {
        OperatorCase test = New("spatial", 8, 3, 4).Random("s", 3, 4).Random("b", 3, 4).Random("m", 3, 4).Floats("v", [.. Enumerable.Repeat(1f, 12)], 3, 4).Node("BatchNormalization", ["x", "s", "b", "m", "v"], set: node => node.Set("spatial", 0));
        Assert.That(() => OldOperatorSets.Upgrade(test.Body()), Throws.TypeOf<ModelFormatException>().With.Message.Contains("spatial"));
    }

    private static IEnumerable<TestCaseData> Cases()
    {
        foreach (int opset in (int[])[7, 8, 9])
        {
            yield return Both(
                New($"Slice, opset {opset}", opset, 5, 7).Node("Slice", ["x"], set: node => node.Set("starts", 1, -4).Set("ends", 4, 1000).Set("axes", 1, 2)),
                New("Slice", 13, 5, 7).Integers("s", 1, -4).Integers("e", 4, 1000).Integers("a", 1, 2).Node("Slice", ["x", "s", "e", "a"]));
            yield return Both(
                New($"TopK, opset {opset}", opset, 5, 7).Node(new OnnxNode("TopK", "best", ["x"], ["y", "places"]).Set("k", 3).Set("axis", 2)),
                New("TopK", 13, 5, 7).Integers("k", 3).Node(new OnnxNode("TopK", "best", ["x", "k"], ["y", "places"]).Set("axis", 2)));
        }

        foreach (int opset in (int[])[7, 8, 9, 10])
        {
            yield return Both(
                New($"Pad, opset {opset}", opset, 5, 7).Node("Pad", ["x"], set: node => node.Set("pads", 0, 1, 2, 0, 0, 3).Set("value", 0.5f)),
                New("Pad", 13, 5, 7).Integers("p", 0, 1, 2, 0, 0, 3).Scalar("v", 0.5f).Node("Pad", ["x", "p", "v"]));
            yield return Both(
                New($"Clip, opset {opset}", opset, 5, 7).Node("Clip", ["x"], set: node => node.Set("min", -0.5f).Set("max", 0.9f)),
                New("Clip", 13, 5, 7).Scalar("l", -0.5f).Scalar("m", 0.9f).Node("Clip", ["x", "l", "m"]));
            yield return Both(
                New($"Clip from above, opset {opset}", opset, 5, 7).Node("Clip", ["x"], set: node => node.Set("max", 0.9f)),
                New("Clip from above", 13, 5, 7).Scalar("m", 0.9f).Node("Clip", ["x", "", "m"]));
            yield return Both(Normal($"BatchNormalization, opset {opset}", opset, opset < 9), Normal("BatchNormalization", 13, false));
            yield return Both(
                New($"Softmax, Flatten and Dropout, opset {opset}", opset, 3, 5).Node("Softmax", ["x"], "s", node => node.Set("axis", 1)).Node("Dropout", ["s"], "d", node => node.Set("ratio", 0.4f)).Node("Flatten", ["d"]),
                New("Softmax and Flatten", 11, 3, 5).Node("Softmax", ["x"], "s", node => node.Set("axis", 1)).Node("Flatten", ["s"]));
            yield return Both(
                New($"MaxPool and Gemm, opset {opset}", opset, 2, 4, 6).Random("w", 12, 3).Random("b", 3).Node("MaxPool", ["x"], "p", node => node.Set("kernel_shape", 2, 2).Set("strides", 2, 2)).Node("Flatten", ["p"], "f").Node("Gemm", ["f", "w", "b"]),
                New("MaxPool and Gemm", 13, 2, 4, 6).Random("w", 12, 3).Random("b", 3).Node("MaxPool", ["x"], "p", node => node.Set("kernel_shape", 2, 2).Set("strides", 2, 2)).Node("Flatten", ["p"], "f").Node("Gemm", ["f", "w", "b"]));
        }

        foreach (string mode in (string[])["nearest", "linear"])
        {
            OperatorCase spelledNew = New($"Resize {mode}", 13, 2, 3, 4).Floats("s", [1, 1, 2, 3], 4).Node("Resize", ["x", "", "s"], set: node =>
                node.Set("mode", mode).Set("coordinate_transformation_mode", "asymmetric").Set("nearest_mode", "floor"));
            yield return Both(New($"Upsample by attributes, {mode}", 8, 2, 3, 4).Node("Upsample", ["x"], set: node => Floats(node.Set("mode", mode), "scales", [1, 1, 2, 3])), spelledNew);
            yield return Both(New($"Upsample, {mode}", 9, 2, 3, 4).Floats("s", [1, 1, 2, 3], 4).Node("Upsample", ["x", "s"], set: node => node.Set("mode", mode)), spelledNew);
            yield return Both(New($"Resize-10, {mode}", 10, 2, 3, 4).Floats("s", [1, 1, 2, 3], 4).Node("Resize", ["x", "s"], set: node => node.Set("mode", mode)), spelledNew);
            yield return Both(New($"Resize-10 to less, {mode}", 10, 2, 6, 8).Floats("s", [1, 1, 0.5f, 0.5f], 4).Node("Resize", ["x", "s"], set: node => node.Set("mode", mode)), null);
        }

        yield return Both(
            New("Scatter", 9, 4).Constant(OnnxTensor.FromInt64s("i", [1, 3], 1, 2)).Constant(OnnxTensor.FromInt64s("i2", [1, 3, 0, 2], 2, 2)).Random("u", 2, 2).Node("Scatter", ["x", "i2", "u"], set: node => node.Set("axis", 1)),
            New("ScatterElements", 13, 4).Constant(OnnxTensor.FromInt64s("i", [1, 3], 1, 2)).Constant(OnnxTensor.FromInt64s("i2", [1, 3, 0, 2], 2, 2)).Random("u", 2, 2).Node("ScatterElements", ["x", "i2", "u"], set: node => node.Set("axis", 1)));
    }

    private static OperatorCase Normal(string name, int opset, bool spatial) =>
        New(name, opset, 3, 4, 5).Random("s", 3).Random("b", 3).Random("m", 3).Floats("v", [0.5f, 1, 2], 3).Node("BatchNormalization", ["x", "s", "b", "m", "v"], set: node =>
        {
            if (spatial)
                node.Set("spatial", 1);
        });

    private static TestCaseData Both(OperatorCase old, OperatorCase? spelledNew) => new TestCaseData(old, spelledNew).SetArgDisplayNames(old.Name);

    private static OperatorCase New(string name, int opset, params int[] item) => new(name, item) { Opset = opset, FreeAxes = [] };

    private static void Floats(OnnxNode node, string name, float[] values)
    {
        Protobuf.AttributeProto attribute = new() { Name = name, Type = Protobuf.AttributeProto.Types.AttributeType.Floats };
        attribute.Floats.AddRange(values);
        node.Proto.Attribute.Add(attribute);
    }
}
