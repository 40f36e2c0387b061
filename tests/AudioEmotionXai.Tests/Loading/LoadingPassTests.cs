using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai.Tests;

/// <summary>What the passes make plain computes what the file says, which the bare runtime tells, and can be differentiated.</summary>
public sealed class LoadingPassTests
{
    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu };

    [Test]
    public void AFunctionOfTheFileIsPutInItsPlaceWithItsAttributesAndDefaults()
    {
        OnnxModel model = TinyModels.Image();
        FunctionProto swish = new() { Domain = "their.own", Name = "Swish" };
        swish.Input.Add("a");
        swish.Output.Add("b");
        swish.Attribute.Add("low");
        swish.AttributeProto.Add(new AttributeProto { Name = "high", F = 0.5f, Type = AttributeProto.Types.AttributeType.Float });
        swish.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = model.Opset });
        NodeProto bounded = new OnnxNode("Selu", "bounded", ["a"], ["t"]).Proto;
        bounded.Attribute.Add(new AttributeProto { Name = "alpha", RefAttrName = "low", Type = AttributeProto.Types.AttributeType.Float });
        bounded.Attribute.Add(new AttributeProto { Name = "gamma", RefAttrName = "high", Type = AttributeProto.Types.AttributeType.Float });
        swish.Node.Add(bounded);
        swish.Node.Add(new OnnxNode("Sigmoid", "gate", ["t"], ["g"]).Proto);
        swish.Node.Add(new OnnxNode("Mul", "product", ["t", "g"], ["b"]).Proto);
        model.Functions.Add(swish);
        model.OperatorSets.Add(new OperatorSetIdProto { Domain = "their.own", Version = 1 });
        for (int call = 0; call < 2; call++)
            model.Behind("conv2.out", new OnnxNode("Swish", $"call_{call}", ["conv2.out"], [$"called_{call}"]) { Proto = { Domain = "their.own" } }.Set("low", 0.75f));
        OnnxModel plain = TinyModels.Image();
        for (int call = 0; call < 2; call++)
        {
            plain.Behind("conv2.out", new OnnxNode("Selu", $"bounded_{call}", ["conv2.out"], [$"t_{call}"]).Set("alpha", 0.75f).Set("gamma", 0.5f));
            plain.Behind($"t_{call}", new OnnxNode("Mul", $"product_{call}", [$"t_{call}", $"g_{call}"], [$"called_{call}"]));
            int product = plain.Nodes.ToList().FindIndex(node => node.Name == $"product_{call}");
            plain.Insert(product, new OnnxNode("Sigmoid", $"gate_{call}", [$"t_{call}"], [$"g_{call}"]));
        }

        AssertPlain(model, plain, "functions of the file put in their place", 2);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void TheBranchOfAKnownConditionIsPutInItsPlace(bool isTaken)
    {
        OnnxModel model = TinyModels.Image();
        model.AddInitializer(OnnxTensor.FromInt64s("on", [isTaken ? 1 : 0]));
        OnnxNode cast = new OnnxNode("Cast", "to_bool", ["on"], ["condition"]).Set("to", (long)OnnxElementType.Bool);
        model.Insert(0, cast);
        OnnxNode choice = new("If", "choice", ["condition"], ["chosen"]);
        choice.Proto.Attribute.Add(Graph("then_branch", new OnnxNode("Tanh", "soft", ["conv2.out"], ["inner"])));
        choice.Proto.Attribute.Add(Graph("else_branch", new OnnxNode("Neg", "other", ["conv2.out"], ["inner"])));
        model.Behind("conv2.out", choice);
        OnnxModel plain = TinyModels.Image();
        plain.Behind("conv2.out", new OnnxNode(isTaken ? "Tanh" : "Neg", "taken", ["conv2.out"], ["chosen"]));
        AssertPlain(model, plain, "branches of a known condition put in their place", 1);
    }

    [TestCase(OnnxElementType.Float16, 2e-3)]
    [TestCase(OnnxElementType.Double, 1e-6)]
    public void NumbersOfOtherSizesBecomeFloat32(OnnxElementType type, double tolerance)
    {
        OnnxModel model = TinyModels.Image();
        using AudioClassifier plain = TinyModels.Load(model);
        FloatTensor input = TinyModels.ImageInput(2);
        float[] expected = plain.Logits(input).Span.ToArray();
        foreach (OnnxTensor tensor in model.Initializers.Values.Where(tensor => tensor.IsFloatingPoint).ToList())
            model.AddInitializer(In(type, tensor));
        model.ReplaceInput(model.Inputs[0] with { ElementType = type });
        OnnxValueInfo[] outputs = [.. model.Outputs];
        model.ClearOutputs();
        foreach (OnnxValueInfo output in outputs)
            model.AddOutput(output with { ElementType = type });
        using AudioClassifier converted = AudioClassifier.FromOnnx(model, s_options);
        Assert.That(converted.Logits(input).Span.ToArray(), Is.EqualTo(expected).Within(tolerance));
        OnnxModel rounded = TinyModels.Image();
        foreach (OnnxTensor tensor in rounded.Initializers.Values.Where(tensor => tensor.IsFloatingPoint).ToList())
            rounded.AddInitializer(OnnxTensor.FromFloats(tensor.Name, In(type, tensor).ToFloats(), [.. tensor.Shape]));
        AssertGradientOf(rounded, converted, input);
    }

    [Test]
    public void PadsThatAnExporterComputedFromConstantsAreFolded()
    {
        // F.pad of PyTorch, at every operator set
        OnnxModel model = TinyModels.Image();
        model.AddInitializer(OnnxTensor.FromInt64s("begin_end", [1, 2, 0, 3], 4));
        model.AddInitializer(OnnxTensor.FromInt64s("four", [4], 1));
        model.AddInitializer(OnnxTensor.FromInt64s("two_columns", [-1, 2], 2));
        model.AddInitializer(OnnxTensor.FromInt64s("one_axis", [-1], 1));
        model.AddInitializer(OnnxTensor.FromInt64s("zero", [0], 1));
        model.AddInitializer(OnnxTensor.FromInt64s("last", [-1], 1));
        model.AddInitializer(OnnxTensor.FromInt64s("far", [-1000], 1));
        OnnxNode[] pads =
        [
            new OnnxNode("ConstantOfShape", "zeros", ["four"], ["zeros"]).Set("value", OnnxTensor.FromInt64s("", [0], 1)),
            new OnnxNode("Concat", "all", ["begin_end", "zeros"], ["all"]).Set("axis", 0),
            new OnnxNode("Reshape", "pairs", ["all", "two_columns"], ["pairs"]),
            new OnnxNode("Slice", "backwards", ["pairs", "last", "far", "zero", "last"], ["backwards"]),
            new OnnxNode("Transpose", "turned", ["backwards"], ["turned"]).Set("perm", 1, 0),
            new OnnxNode("Reshape", "list", ["turned", "one_axis"], ["pads"]),
        ];
        for (int i = 0; i < pads.Length; i++)
            model.Insert(i, pads[i]);
        model.Behind("conv2.out", new OnnxNode("Pad", "reflect", ["conv2.out", "pads"], ["padded"]).Set("mode", "reflect"));
        OnnxModel plain = TinyModels.Image();
        plain.AddInitializer(OnnxTensor.FromInt64s("pads", [0, 0, 0, 1, 0, 0, 3, 2], 8));
        plain.Behind("conv2.out", new OnnxNode("Pad", "reflect", ["conv2.out", "pads"], ["padded"]).Set("mode", "reflect"));
        AssertPlain(model, plain, "tensors that follow from constants computed", 4);
    }

    [Test]
    public void TheRuntimeTellsTheShapesOfOperatorsThatHaveNoRuleHere()
    {
        OnnxModel model = TinyModels.Image();
        model.Behind("conv2.out", new OnnxNode("Bernoulli", "mix", ["conv2.out"], ["mixed"]));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        Assert.That(classifier.Graph.Shapes.ShapeOf("mixed"), Is.EqualTo(classifier.Graph.Shapes.ShapeOf("conv2.out")));
    }

    [Test]
    public void ATensorOfWhichTheRuntimeKnowsNoNumberOfAxesIsNotASingleNumber()
    {
        OnnxModel model = OnnxModel.Create(17, "unknown rank");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 4]));
        model.AddInput(new OnnxValueInfo("lengths", OnnxElementType.Int64, ["K"]));
        model.Add(new OnnxNode("Reshape", "reshape", ["x", "lengths"], ["y"]));
        model.AddOutput(new OnnxValueInfo("y", OnnxElementType.Float, null));
        Assert.That(GraphEvaluator.Describe(model).Single().Shape, Is.Null);
    }

    [Test]
    public void WhatIsMadeLargeOfLittleStaysAComputation()
    {
        OnnxModel model = TinyModels.Image();
        model.AddInitializer(OnnxTensor.FromFloats("one", [1f]));
        model.AddInitializer(OnnxTensor.FromInt64s("huge", [1 << 14, 1 << 14], 2));
        model.Insert(0, new OnnxNode("Expand", "grown", ["one", "huge"], ["grown"]));
        model.Insert(1, new OnnxNode("ReduceMean", "shrunk", ["grown"], ["shrunk"]).Set("keepdims", 0));
        model.Behind("conv2.out", new OnnxNode("Mul", "scaled", ["conv2.out", "shrunk"], ["product"]));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        Assert.That(classifier.Graph.Model.Nodes.Select(node => node.OpType), Does.Contain("Expand"));
    }

    private static void AssertPlain(OnnxModel model, OnnxModel plain, string pass, int places)
    {
        FloatTensor input = TinyModels.ImageInput(2);
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        Assert.That(classifier.Logits(input).Span.ToArray(), Is.EqualTo(BareRun.Of(model, input, "logits")).Within(1e-5f));
        Assert.That(classifier.Passes.Single(applied => applied.Name == pass).Places, Is.EqualTo(places));
        AssertGradientOf(plain, classifier, input);
    }

    /// <summary>Against the same network written without what is made plain.</summary>
    private static void AssertGradientOf(OnnxModel plain, AudioClassifier classifier, FloatTensor input)
    {
        using AudioClassifier written = AudioClassifier.FromOnnx(plain, s_options);
        float[] expected = written.Run(new InputGradient(), input, [1, 1], default).Relevance.Span.ToArray();
        Assert.That(classifier.Run(new InputGradient(), input, [1, 1], default).Relevance.Span.ToArray(), Is.EqualTo(expected).Within(1e-6f));
        Assert.That(expected.Max(Math.Abs), Is.GreaterThan(1e-3));
    }

    private static AttributeProto Graph(string name, OnnxNode node)
    {
        GraphProto graph = new() { Name = name };
        graph.Node.Add(node.Proto);
        graph.Output.Add(new OnnxValueInfo("inner", OnnxElementType.Float, null).ToProto());
        return new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };
    }

    private static OnnxTensor In(OnnxElementType type, OnnxTensor tensor)
    {
        float[] values = tensor.ToFloats();
        byte[] bytes = type == OnnxElementType.Double
            ? [.. values.SelectMany(value => BitConverter.GetBytes((double)value))]
            : [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))];
        return OnnxTensor.FromBytes(tensor.Name, type, bytes, [.. tensor.Shape]);
    }
}
