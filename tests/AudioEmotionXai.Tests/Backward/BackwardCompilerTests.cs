using System.Reflection;
using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai.Tests;

internal sealed class BackwardCompilerTests
{
    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu, Threads = 1 };

    [TestCase("Conv ConvTranspose Gemm MatMul Add Sub Mul Div Neg Pow Sqrt Exp Log Abs Min Max Clip Where Sum Mean")]
    [TestCase("Relu LeakyRelu PRelu Elu Selu Celu Sigmoid HardSigmoid HardSwish Tanh Softplus Softsign Erf Gelu Mish")]
    [TestCase("MaxPool AveragePool GlobalAveragePool GlobalMaxPool ReduceMean ReduceSum ReduceMax ReduceL2")]
    [TestCase("BatchNormalization InstanceNormalization LayerNormalization GroupNormalization Softmax LogSoftmax")]
    [TestCase("Flatten Reshape Transpose Squeeze Unsqueeze Concat Split Slice Pad Gather Expand Tile Resize DepthToSpace SpaceToDepth Identity Dropout Cast")]
    public void EveryPromisedOperatorHasARule(string operators) =>
        Assert.That(GradientRules.Instance.SupportedOperators, Is.SupersetOf(operators.Split(' ')));

    [Test]
    public void EveryOperatorOfTheTableIsHeldToFiniteDifferences()
    {
        IEnumerable<OperatorCase> cases = typeof(GradientCheck).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("GradientTests", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.NonPublic | BindingFlags.Static))
            .Where(source => source.ReturnType == typeof(IEnumerable<OperatorCase>) && source.GetParameters().Length == 0)
            .SelectMany(source => (IEnumerable<OperatorCase>)source.Invoke(null, null)!);
        Assert.That(cases.SelectMany(test => test.Body().Nodes).Select(node => node.OpType).Distinct(), Is.SupersetOf(GradientTable.Rules.Keys));
    }

    [Test]
    public void AGraphInsideANodeWithAnOperatorWithoutARuleIsAnErrorAndNotAZeroGradient()
    {
        OnnxModel source = Network(17, 1);
        source.AddInitializer(OnnxTensor.FromFloats("zero", [0]));
        source.Add(new OnnxNode("ReduceMax", "largest", ["y"], ["largest"])).Set("keepdims", 0);
        source.Add(new OnnxNode("Greater", "is_loud", ["largest", "zero"], ["condition"]));
        GraphProto branch = new() { Name = "branch" };
        branch.Node.Add(new OnnxNode("MaxRoiPool", "inner", ["y", "y"], ["inside"]).Proto);
        branch.Output.Add(new OnnxValueInfo("inside", OnnxElementType.Float, null).ToProto());
        source.WithNode("If", "choice", node =>
        {
            node.SetInput(0, "condition");
            node.Proto.Attribute.Add(new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = branch });
            node.Proto.Attribute.Add(new AttributeProto { Name = "else_branch", Type = AttributeProto.Types.AttributeType.Graph, G = branch.Clone() });
        });
        using AudioClassifier model = AudioClassifier.FromOnnx(source, s_options);
        Assert.That(() => model.Compile(new InputGradient()), Throws.TypeOf<UnsupportedOperatorException>().With.Message.Contains("MaxRoiPool 'inner'"));
    }

    [Test]
    public void AnOperatorWithoutARuleIsAnErrorThatNamesItAndWhatIsSupported()
    {
        OnnxModel source = Network(17, 1).WithNode("Hardmax", "mixing");
        using AudioClassifier model = AudioClassifier.FromOnnx(source, s_options);
        UnsupportedOperatorException? error = Assert.Throws<UnsupportedOperatorException>(() => model.Compile(new InputGradient()));
        foreach (string part in (string[])["Hardmax 'mixing'", "opset 17", "Rule set: gradient", "AveragePool, BatchNormalization"])
            Assert.That(error!.Message, Does.Contain(part));
    }

    [Test]
    public void OfSeveralOperatorsWithoutARuleTheFirstOfTheFileIsNamed()
    {
        OnnxModel source = Network(17, 1).WithNode("Hardmax", "first").WithNode("Bernoulli", "second").WithNode("Hardmax", "third");
        using AudioClassifier model = AudioClassifier.FromOnnx(source, s_options);
        Assert.That(() => model.Compile(new InputGradient()), Throws.TypeOf<UnsupportedOperatorException>().With.Message.Contains("Hardmax 'first'"));
    }

    [Test]
    public void AnOperatorOfAnotherDomainIsAnErrorEvenUnderAKnownName()
    {
        OnnxModel source = Network(17, 1).WithNode("Relu", "theirs", node => node.Proto.Domain = "com.example");
        using AudioClassifier model = AudioClassifier.FromOnnx(source, s_options);
        Assert.That(() => model.Compile(new InputGradient()), Throws.TypeOf<UnsupportedOperatorException>().With.Message.Contains("com.example.Relu 'theirs'"));
    }

    [Test]
    public void DropoutAndBatchNormalizationInTrainingModeAreErrors()
    {
        OnnxModel source = Network(17, 1);
        source.AddInitializer(OnnxTensor.FromFloats("ratio", [0.5f]));
        source.AddInitializer(OnnxTensor.FromInt64s("on", [1]));
        source.Add(new OnnxNode("Cast", "to_bool", ["on"], ["training"])).Set("to", (long)OnnxElementType.Bool);
        source.WithNode("Dropout", "drop", node => { node.Proto.Input.Add("ratio"); node.Proto.Input.Add("training"); });
        using AudioClassifier model = AudioClassifier.FromOnnx(source, s_options);
        Assert.That(() => model.Compile(new InputGradient()), Throws.TypeOf<UnsupportedOperatorException>().With.Message.Contains("training"));
    }

    [Test]
    public void CoverageListsTheNodesBetweenInputAndLogitsAndWhatIsWrongWithThem()
    {
        OnnxModel source = Network(17, 1).WithNode("Hardmax", "mixing").WithNode("Relu", "last");
        IReadOnlyList<NodeCoverage> coverage = Coverage.Of(ClassifierGraph.Of(source), GradientRules.Instance);
        Assert.That(coverage.Where(node => !node.IsCovered).Select(node => node.Node), Is.EqualTo((string[])["Hardmax 'mixing'"]));
        Assert.That(coverage.Where(node => node.IsCovered).Select(node => node.OpType), Is.EqualTo((string[])["Conv", "Relu", "MaxPool", "Conv", "Relu", "Concat", "GlobalAveragePool", "Flatten", "Gemm", "Relu"]));
    }

    [Test]
    public void CoverageIsCompleteExactlyWhereTheModelCompiles()
    {
        OnnxModel source = Network(17, 1);
        Assert.That(Coverage.Of(ClassifierGraph.Of(source), GradientRules.Instance).All(node => node.IsCovered));
    }

    [TestCase(11)]
    [TestCase(13)]
    [TestCase(17)]
    [TestCase(21)]
    public void ConstantsMayBeInitialisersInputsNodesOrBehindIdentities(int opset)
    {
        FloatTensor x = RandomInput(2, 9);
        float[] expected = Gradient(Network(opset, 1), x);
        OnnxModel asInputs = Network(opset, 1);
        foreach (OnnxTensor tensor in asInputs.Initializers.Values.ToList())
            asInputs.AddInput(new OnnxValueInfo(tensor.Name, tensor.ElementType, [.. tensor.Shape.Select(length => (OnnxDimension)length)]));
        OnnxModel asNodes = Rebuilt(Network(opset, 1), tensor => [new OnnxNode("Constant", $"make_{tensor.Name}", [], [tensor.Name]).Set("value", tensor)], keep: false);
        OnnxModel behindIdentities = Rebuilt(Network(opset, 1), tensor => [new OnnxNode("Identity", $"pass_{tensor.Name}", [tensor.Name], [$"{tensor.Name}_passed"])], keep: true);
        foreach (OnnxModel model in (OnnxModel[])[asInputs, asNodes, behindIdentities])
            Assert.That(Gradient(model, x), Is.EqualTo(expected).Within(1e-6f));
    }

    [Test]
    public void ASoftmaxAtTheEndIsLeftOffUnlessTheProbabilityIsAskedFor()
    {
        FloatTensor x = RandomInput(1, 9);
        OnnxModel source = Network(17, 1);
        float[] plain = Gradient(source, x);
        OnnxModel soft = Network(17, 1).WithNode("Softmax", "probability");
        using AudioClassifier model = AudioClassifier.FromOnnx(soft, s_options);
        Assert.That(model.StrippedSoftmax, Is.EqualTo("Softmax 'probability'"));
        Assert.That(Gradient(soft, x), Is.EqualTo(plain).Within(1e-6f));

        ProgramOutput kept = model.Run(new InputGradient { OfProbability = true }, x, [1], default);
        double[] p = Array.ConvertAll(model.Probabilities(x).Span.ToArray(), value => (double)value);
        double[] expected = new double[x.Length];
        for (int c = 0; c < 3; c++)
        {
            ReadOnlySpan<float> ofClass = model.Run(new InputGradient(), x, [c], default).Relevance.Span;
            for (int i = 0; i < expected.Length; i++)
                expected[i] += p[1] * ((c == 1 ? 1 : 0) - p[c]) * ofClass[i];
        }

        GradientCheck.AssertClose(kept.Relevance.Span, expected, 1e-5, "the chain rule");
    }

    [TestCase(1)]
    [TestCase(2)]
    public void ABatchEqualsItsItemsOneByOne(int axes)
    {
        using AudioClassifier model = AudioClassifier.FromOnnx(Network(17, axes, time: 11), s_options);
        FloatTensor x = RandomInput(5, axes == 1 ? [11] : [11, 7]);
        int[] targets = [0, 1, 2, -1, 1];
        FloatTensor batch = model.Run(new InputGradient(), x, targets, default).Relevance;
        Assert.That(batch.Shape.ToArray(), Is.EqualTo(x.Shape.ToArray()));
        for (int item = 0; item < 5; item++)
        {
            FloatTensor single = model.Run(new InputGradient(), x.Item(item), [targets[item]], default).Relevance;
            GradientCheck.AssertClose(batch.Item(item).Span, Array.ConvertAll(single.Span.ToArray(), value => (double)value), 1e-5, $"item {item} by itself");
        }
    }

    [TestCase(9)]
    [TestCase(16)]
    [TestCase(23)]
    public void AFreeTimeAxisGivesWhatAFixedOneGives(int length)
    {
        FloatTensor x = RandomInput(2, length);
        Assert.That(Gradient(Network(17, 1, freeTime: true), x), Is.EqualTo(Gradient(Network(17, 1, time: length), x)).Within(1e-6f));
    }

    [Test]
    public void AFixedBatchTakesAnyNumberOfItems()
    {
        FloatTensor x = RandomInput(5, 9);
        Assert.That(Gradient(Network(17, 1, batch: 2), x), Is.EqualTo(Gradient(Network(17, 1), x)).Within(1e-6f));
    }

    [Test]
    public void ASavedProgramIsAModelWithTargetLogitsAndRelevance()
    {
        using AudioClassifier model = AudioClassifier.FromOnnx(Network(17, 2), s_options);
        OnnxModel compiled = model.Compile(new InputGradient());
        GraphChecker.Check(compiled);
        OnnxModel again = OnnxModel.Parse(compiled.ToBytes(), "again");
        GraphChecker.Check(again);
        Assert.That(again.Inputs.Select(input => input.Name), Is.EqualTo((string[])["x", "target_class"]));
        Assert.That(again.Outputs.Select(output => output.Name), Is.EqualTo((string[])["logits", "relevance"]));
    }

    private static float[] Gradient(OnnxModel source, FloatTensor x)
    {
        using AudioClassifier model = AudioClassifier.FromOnnx(source, s_options);
        GraphChecker.Check(model.Compile(new InputGradient()));
        return model.Run(new InputGradient(), x, [.. Enumerable.Range(0, x.Shape[0]).Select(item => item % 3)], default).Relevance.Span.ToArray();
    }

    /// <summary>Two branches of convolutions, joined, pooled, and scored: (N, 2, T) or (N, 2, H, T) to three classes.</summary>
    private static OnnxModel Network(int opset, int axes, int time = 9, bool freeTime = false, int? batch = null)
    {
        OnnxModel model = OnnxModel.Create(opset, "network");
        OnnxDimension last = freeTime ? new OnnxDimension(null, "time") : axes == 2 ? new OnnxDimension(null, "time") : time;
        OnnxDimension items = batch is { } count ? count : new OnnxDimension(null, "batch");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, axes == 1 ? [items, 2, last] : [items, 2, new OnnxDimension(null, "height"), last]));
        long[] kernel = axes == 1 ? [3] : [3, 3];
        Random random = new(5);
        void Weights(string name, params long[] shape) => model.AddInitializer(OnnxTensor.FromFloats(name, OperatorCase.Normal(random, shape.Aggregate(1L, (product, length) => product * length)), shape));

        Weights("w1", [4, 2, .. kernel]);
        Weights("b1", 4);
        Weights("w2", [3, 4, .. kernel]);
        Weights("w3", 3, 7);
        Weights("b3", 3);
        long[] pads = [.. Enumerable.Repeat(1L, 2 * axes)];
        model.Add(new OnnxNode("Conv", "conv1", ["x", "w1", "b1"], ["c1"])).Set("pads", pads);
        model.Add(new OnnxNode("Relu", "relu1", ["c1"], ["r1"]));
        model.Add(new OnnxNode("MaxPool", "pool1", ["r1"], ["p1"])).Set("kernel_shape", kernel).Set("strides", [.. kernel.Select(_ => 2L)]).Set("pads", pads);
        model.Add(new OnnxNode("Conv", "conv2", ["p1", "w2"], ["c2"])).Set("pads", pads);
        model.Add(new OnnxNode("Relu", "relu2", ["c2"], ["r2"]));
        model.Add(new OnnxNode("Concat", "join", ["p1", "r2"], ["j"])).Set("axis", 1);
        model.Add(new OnnxNode("GlobalAveragePool", "pool2", ["j"], ["g"]));
        model.Add(new OnnxNode("Flatten", "flat", ["g"], ["f"]));
        model.Add(new OnnxNode("Gemm", "score", ["f", "w3", "b3"], ["y"])).Set("transB", 1);
        model.AddOutput(new OnnxValueInfo("y", OnnxElementType.Float, [items, 3]));
        return model;
    }

    private static OnnxModel Rebuilt(OnnxModel model, Func<OnnxTensor, OnnxNode[]> nodes, bool keep)
    {
        List<OnnxNode> all = [];
        foreach (OnnxTensor tensor in model.Initializers.Values.ToList())
        {
            all.AddRange(nodes(tensor));
            if (!keep)
                model.RemoveInitializer(tensor.Name);
        }

        HashSet<string> passed = [.. all.SelectMany(node => node.Outputs)];
        foreach (OnnxNode node in model.Nodes)
        {
            for (int i = 0; i < node.Inputs.Count; i++)
                if (passed.Contains($"{node.Inputs[i]}_passed"))
                    node.SetInput(i, $"{node.Inputs[i]}_passed");
            all.Add(node);
        }

        model.ReplaceNodes(all);
        return model;
    }

    private static FloatTensor RandomInput(int items, params int[] lengths)
    {
        int[] shape = [items, 2, .. lengths];
        return new FloatTensor(OperatorCase.Normal(new Random(items), shape.Aggregate(1L, (product, length) => product * length)), shape);
    }
}
