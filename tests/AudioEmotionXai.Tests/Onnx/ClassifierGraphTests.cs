namespace AudioEmotionXai.Tests;

/// <summary>The form that models are brought into: what it leaves out, and that it computes the same.</summary>
internal sealed class ClassifierGraphTests
{
    [TestCase("Conv", false)]
    [TestCase("Conv", true)]
    [TestCase("Gemm", false)]
    [TestCase("Gemm", true)]
    public void BatchNormalizationBehindALinearLayerIsMergedAndComputesTheSame(string opType, bool bias)
    {
        bool conv = opType is "Conv";
        OperatorCase test = conv ? new("merge", 2, 5, 4) : new("merge", 5);
        test.Random("w", conv ? [3, 2, 3, 3] : [5, 3]).Random("b", 3).Node(opType, bias ? ["x", "w", "b"] : ["x", "w"], "c").BatchNormalization("c", 3);
        OnnxModel source = Classifier(test, conv ? 3 * 3 * 2 : 3);
        ClassifierGraph graph = ClassifierGraph.Of(source);
        Assert.That(graph.Model.Nodes.Select(node => node.OpType), Is.EqualTo((string[])[opType, "Flatten", "MatMul"]));
        AssertSame(source, graph.Model, test);
    }

    [Test]
    public void ANormalizationWhoseInputIsReadElsewhereStays()
    {
        OperatorCase test = new("shared", 5);
        test.Random("w", 5, 3).Node("Gemm", ["x", "w"], "c").BatchNormalization("c", 3).Node("Add", ["y", "c"], "z");
        OnnxModel source = Classifier(test, 3, from: "z");
        ClassifierGraph graph = ClassifierGraph.Of(source);
        Assert.That(graph.Model.Nodes.Select(node => node.OpType), Does.Contain("BatchNormalization"));
        AssertSame(source, graph.Model, test);
    }

    [Test]
    public void ShapeArithmeticBecomesConstants()
    {
        OperatorCase test = new("arithmetic", 3, 4) { FreeAxes = [0] };
        test.Integers("zero", 0).Integers("two", 2).Integers("rest", -1)
            .Node("Shape", ["x"], "s").Node("Gather", ["s", "two"], "n").Node("Mul", ["n", "two"], "m").Node("Concat", ["zero", "rest", "m"], "wanted", node => node.Set("axis", 0)).Node("Concat", ["x", "x"], "xx", node => node.Set("axis", 1)).Node("Reshape", ["xx", "wanted"]);
        OnnxModel source = Classifier(test, 24);
        ClassifierGraph graph = ClassifierGraph.Of(source);
        Assert.That(graph.Model.Nodes.Select(node => node.OpType), Is.EqualTo((string[])["Concat", "Reshape", "Flatten", "MatMul"]));
        AssertSame(source, graph.Model, test);
    }

    [Test]
    public void TheSourceIsNotChanged()
    {
        OperatorCase test = new("unchanged", 2, 5, 4);
        test.Random("w", 3, 2, 3, 3).Node("Conv", ["x", "w"], "c").BatchNormalization("c", 3);
        OnnxModel source = Classifier(test, 18);
        byte[] before = source.ToBytes();
        ClassifierGraph.Of(source);
        Assert.That(source.ToBytes(), Is.EqualTo(before));
    }

    [Test]
    public void ScoresWithAxesOfOneAreFlattened()
    {
        OperatorCase test = new("convolutional head", 2, 5, 4);
        test.Random("w", 3, 2, 1, 1).Node("Conv", ["x", "w"], "c").Node("GlobalAveragePool", ["c"]);
        ClassifierGraph graph = ClassifierGraph.Of(test.Body());
        Assert.That(graph.Classes, Is.EqualTo(3));
        Assert.That(graph.Shapes.ShapeOf(graph.Logits)!.Length, Is.EqualTo(2));
    }

    [Test]
    public void AModelOfTwoSignalsIsRefusedByNameWithTheOption()
    {
        OnnxModel model = Classifier(new OperatorCase("two inputs", 4).Node("Relu", ["x"]), 4);
        model.AddInput(new OnnxValueInfo("other", OnnxElementType.Float, [1]));
        Assert.That(() => ClassifierGraph.Of(model), Throws.TypeOf<ModelFormatException>().With.Message.Contains("x: Float").And.Message.Contains("other: Float").And.Message.Contains("--input NAME"));
    }

    [TestCase(6)]
    [TestCase(26)]
    public void AnOperatorSetOutsideTheRangeIsRefused(int opset) =>
        Assert.That(() => ClassifierGraph.Of(Classifier(new OperatorCase("old", 4) { Opset = opset }.Node("Relu", ["x"]), 4)), Throws.TypeOf<ModelFormatException>().With.Message.Contains("7 to 25"));

    private static OnnxModel Classifier(OperatorCase test, int features, string from = "y")
    {
        OnnxModel model = test.Body();
        model.ClearOutputs();
        model.Add(new OnnxNode("Flatten", "head_flatten", [from], ["features"]));
        model.AddInitializer(OnnxTensor.FromFloats("head_weights", OperatorCase.Normal(new Random(3), features * 2L), features, 2));
        model.Add(new OnnxNode("MatMul", "head", ["features", "head_weights"], ["scores"]));
        model.AddOutput(new OnnxValueInfo("scores", OnnxElementType.Float, [new OnnxDimension(null, "axis0"), 2]));
        return model;
    }

    private static void AssertSame(OnnxModel source, OnnxModel changed, OperatorCase test)
    {
        GraphChecker.Check(changed);
        long[] shape = Array.ConvertAll(test.Shape, length => (long)length);
        using BareSession before = new(source);
        using BareSession after = new(changed);
        Assert.That(after.Run("scores", test.Input().Memory, shape), Is.EqualTo(before.Run("scores", test.Input().Memory, shape)).Within(1e-5f));
    }
}
