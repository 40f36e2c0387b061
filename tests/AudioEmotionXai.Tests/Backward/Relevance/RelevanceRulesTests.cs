namespace AudioEmotionXai.Tests;

public sealed class RelevanceRulesTests
{
    [Test]
    public void RuleSetsAreEqualByContent()
    {
        RelevanceRules one = RelevancePresets.EpsilonPlus().With("Gemm", new ZPlusRule()).With("layer4.*", new GammaRule { Gamma = 0.5f });
        RelevanceRules same = RelevancePresets.EpsilonPlus().With("Gemm", new ZPlusRule()).With("layer4.*", new GammaRule { Gamma = 0.5f });
        Assert.That(same, Is.EqualTo(one));
        Assert.That(same.GetHashCode(), Is.EqualTo(one.GetHashCode()));
        Assert.That(one.With("Conv", new PassRule()), Is.Not.EqualTo(one));
        Lrp contrast = new() { Start = LrpStart.Contrast("low") };
        Assert.That(contrast with { Start = LrpStart.Parse("contrast:low", null) }, Is.EqualTo(contrast));
    }

    [Test]
    public void EqualRuleSetsShareACompiledProgram()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        GraphProgram first = model.Program(new Lrp { Rules = LrpRules.Gamma }.Program);
        Assert.That(model.Program(new Lrp { Rules = LrpRules.Gamma }.Program), Is.SameAs(first));
        Assert.That(model.Program(new Lrp { Rules = LrpRules.Gamma, Gamma = 0.3f }.Program), Is.Not.SameAs(first));
    }

    [Test]
    public void EpsilonOnTheBundledSamplesIsInputTimesGradient()
    {
        (AudioClassifier model, FloatTensor samples) = FirstSamples.Load(6);
        using (model)
        {
            int[] predicted = [-1, -1, -1, -1, -1, -1];
            FloatTensor map = model.Run(new RelevanceProgram(RelevancePresets.Epsilon(), ScoreStart.Logit), samples, predicted, default).Relevance;
            FloatTensor gradient = model.Run(new GradientProbe(), samples, predicted, default).Relevance;
            float[] product = [.. gradient.Span.ToArray().Zip(samples.Span.ToArray(), (left, right) => left * right)];
            for (int item = 0; item < 6; item++)
            {
                int cells = product.Length / 6;
                Differences differences = Differences.Between(map.Item(item).Span, product.AsSpan(item * cells, cells));
                Assert.That(differences.Cosine, Is.GreaterThanOrEqualTo(0.99999), $"item {item}: {differences}");
            }
        }
    }

    [Test]
    public void NegativeBranchesAreNotEmittedBehindARelu()
    {
        OnnxModel source = PlainNetworks.Residual(withBias: true).Model;
        using AudioClassifier model = TinyModels.Load(source);
        int forward = source.Nodes.Count(node => node.OpType is "Conv");
        OnnxModel compiled = model.Compile(new RelevanceProgram(RelevancePresets.EpsilonPlus(), ScoreStart.Logit));
        int total = compiled.Nodes.Count(node => node.OpType is "Conv" or "ConvTranspose");
        // Every convolution forward, for z and back; the first sees signed inputs, and needs both branches
        Assert.That(total, Is.EqualTo((3 * forward) + 2));
    }

    [Test]
    public void EpsilonNeedsNoFurtherForwardPass()
    {
        OnnxModel source = PlainNetworks.Residual(withBias: true).Model;
        using AudioClassifier model = TinyModels.Load(source);
        OnnxModel compiled = model.Compile(new RelevanceProgram(RelevancePresets.Epsilon(), ScoreStart.Logit));
        Assert.That(compiled.Nodes.Count(node => node.OpType is "Conv" or "ConvTranspose"), Is.EqualTo(2 * source.Nodes.Count(node => node.OpType is "Conv")));
    }

    [Test]
    public void ExceptionsGoByNodeByPatternAndByOperatorAndTheLastOneWins()
    {
        FloatTensor input = TinyModels.ImageInput(1);
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        float[] all = Map(model, input, RelevancePresets.Gamma(0.4f) with { Dense = new ZPlusRule() });
        RelevanceRules epsilon = RelevancePresets.Epsilon();
        Assert.That(Map(model, input, epsilon.With("Conv", new GammaRule { Gamma = 0.4f }).With("fc", new ZPlusRule())), Is.EqualTo(all));
        Assert.That(Map(model, input, epsilon.With("con?*", new GammaRule { Gamma = 0.4f }).With("f*", new PassRule()).With("Flatten", new RouteRule()).With("Gemm", new ZPlusRule())), Is.EqualTo(all));
        Assert.That(Map(model, input, epsilon), Is.Not.EqualTo(all));
        Assert.That(new Lrp { Rules = LrpRules.Epsilon, Gamma = 0.4f, Where = "Conv:gamma, fc:zplus" }.Attribute(model, input).Map.Span.ToArray(), Is.EqualTo(all));
    }

    [Test]
    public void RelevanceIsLinearInItsStart()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(2);
        ClassTarget target = ClassTarget.OfLabel("high");
        float[] high = new Lrp().Attribute(model, input, target).Map.Span.ToArray();
        float[] low = new Lrp().Attribute(model, input, ClassTarget.OfLabel("low")).Map.Span.ToArray();
        AttributionResult contrast = new Lrp { Start = LrpStart.Contrast("low") }.Attribute(model, input, target);
        Differences differences = Differences.Between(contrast.Map.Span, [.. high.Zip(low, (left, right) => left - right)]);
        Assert.That(differences.OfLargest, Is.LessThanOrEqualTo(1e-5), differences.ToString());

        AttributionResult one = new Lrp { Start = LrpStart.One }.Attribute(model, input, target);
        float logit = one.Predictions[1].Logits.Span[2];
        Differences scaled = Differences.Between([.. one.Map.Item(1).Span.ToArray().Select(value => value * logit)], high.AsSpan(high.Length / 2));
        Assert.That(scaled.OfLargest, Is.LessThanOrEqualTo(1e-5), scaled.ToString());
    }

    [Test]
    public void WithoutALabelEachClipIsContrastedWithItsLikeliestOtherClass()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(4);
        Prediction[] predictions = model.Predict(input);
        AttributionResult rival = AttributionMethods.Parse("lrp start=contrast").Attribute(model, input);
        for (int clip = 0; clip < 4; clip++)
        {
            int other = predictions[clip].Logits.ToArray().Index().Where(logit => logit.Index != predictions[clip].Index).MaxBy(logit => logit.Item).Index;
            AttributionResult named = new Lrp { Start = LrpStart.Contrast($"{other}") }.Attribute(model, input.Items(clip, 1));
            Assert.That(rival[clip].Values.Span.ToArray(), Is.EqualTo(named[0].Values.Span.ToArray()).Within(1e-5), "another batch size sums in another order");
            Assert.That(rival[clip].CompletenessGap!.Value, Is.EqualTo(named[0].CompletenessGap!.Value).Within(1e-4));
        }
    }

    [Test]
    public void AClassThatThereIsNotCannotBeContrastedWith()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        Assert.That(() => new Lrp { Start = LrpStart.Contrast("joy") }.Attribute(model, TinyModels.ImageInput(1)), Throws.ArgumentException.With.Message.Contains("low, middle, high"));
    }

    [Test]
    public void AClassContrastedWithItselfIsWarnedOf()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        AttributionResult result = new Lrp { Start = LrpStart.Contrast("1") }.Attribute(model, TinyModels.ImageInput(1), ClassTarget.OfIndex(1));
        Assert.That(result.Warnings, Has.Some.Property("Text").Contains("contrasted with (middle)"));
    }

    [Test]
    public void AnOperatorWithoutARuleIsNamedWithAdvice()
    {
        OnnxModel model = OnnxModel.Create(17, "odd");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 3]));
        model.Add(new OnnxNode("Sin", "wave", ["x"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 3]));
        using AudioClassifier loaded = TinyModels.Load(model);
        FloatTensor input = TinyModels.Input(1, 1, 3);
        Assert.That(() => new Lrp().Attribute(loaded, input), Throws.TypeOf<UnsupportedOperatorException>().With.Message.Contains("Sin 'wave'").And.Message.Contains("pass rule"));
        float[] passed = new Lrp { CustomRules = RelevancePresets.Epsilon().With("wave", new PassRule()) }.Attribute(loaded, input).Map.Span.ToArray();
        Assert.That(passed.Count(value => value != 0), Is.EqualTo(1));
    }

    [Test]
    public void TwoSignalsThatMultiplyNeedAWordOnWhichIsTheGate()
    {
        using AudioClassifier model = TinyModels.Load(Product("Relu"));
        FloatTensor input = TinyModels.Input(3, 1, 3);
        Assert.That(() => new Lrp().Attribute(model, input), Throws.TypeOf<UnsupportedOperatorException>().With.Message.Contains("Mul 'product'").And.Message.Contains("Halves"));
        RelevanceRules halves = RelevancePresets.Epsilon() with { Gate = new GateRule { Halves = true } };
        Assert.That(new Lrp { CustomRules = halves }.Attribute(model, input).Warnings, Is.Empty);
    }

    [Test]
    public void OfASignalAndItsGateTheSignalTakesAll()
    {
        using AudioClassifier model = TinyModels.Load(Product("Sigmoid"));
        AttributionResult result = new Lrp { Ledger = true }.Attribute(model, TinyModels.Input(3, 2, 3));
        Assert.That(result.CompletenessGap, Is.All.EqualTo(0).Within(1e-6));
        Assert.That(result.Map.Span.ToArray().Count(value => value != 0), Is.EqualTo(2));
    }

    [Test]
    public void GammaDropsWhatArrivesAtOutputsThatAreZero()
    {
        OnnxModel model = OnnxModel.Create(17, "zero");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 2]));
        model.AddInitializer(OnnxTensor.FromFloats("w", [1, 1, -1, 1], 2, 2));
        model.AddInitializer(OnnxTensor.FromFloats("one", [1, 1], 1, 2));
        model.Add(new OnnxNode("Gemm", "dense", ["x", "w"], ["z"]));
        model.Add(new OnnxNode("Softplus", "soft", ["z"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        using AudioClassifier loaded = TinyModels.Load(model);
        Lrp method = new() { CustomRules = RelevancePresets.Epsilon() with { Dense = new GammaRule() }, Ledger = true };
        AttributionResult result = method.Attribute(loaded, new FloatTensor(new float[] { 0.5f, 0.5f }, 1, 2), ClassTarget.OfIndex(0));
        Assert.That(result.Map.Span.ToArray(), Is.All.EqualTo(0));
        AttributionDetail row = result.Details.Single(detail => detail.Name == "ledger/dense");
        Assert.That(row.Values.Span[4], Is.EqualTo(Math.Log(2)).Within(1e-6));
    }

    [Test]
    public void RelevanceThatExplodesIsWarnedOfAndTheNodeNamed()
    {
        // The two contributions cancel but for a thousandth of a thousandth
        using AudioClassifier model = TinyModels.Load(Dense([1, -1], [1e-5f], [1, 1]));
        FloatTensor input = new(new float[] { 1, 1 }, 1, 2);
        Assert.That(new Lrp { Rules = LrpRules.Epsilon, Start = LrpStart.One }.Attribute(model, input).Warnings, Has.Some.Property("Text").Contains("explodes"));
        Assert.That(new Lrp { Rules = LrpRules.Epsilon, Start = LrpStart.One, Ledger = true }.Attribute(model, input).Warnings, Has.Some.Property("Text").Contains("first at 'dense'"));
    }

    [Test]
    public void RelevanceThatVanishesIsWarnedOfAndTheTakerNamed()
    {
        using AudioClassifier model = TinyModels.Load(Dense([1e-6f, 1e-6f], [1], [1, 1]));
        AttributionResult result = new Lrp { Rules = LrpRules.Epsilon, Ledger = true }.Attribute(model, new FloatTensor(new float[] { 1, 1 }, 1, 2));
        Assert.That(result.Warnings, Has.Some.Property("Text").Contains("taken by the bias of 'dense'"));
        Assert.That(new Lrp { Rules = LrpRules.Epsilon, Bias = false, Epsilon = 1e-12f }.Attribute(model, new FloatTensor(new float[] { 1, 1 }, 1, 2)).Warnings, Has.None.Property("Text").Contains("vanishes"));
    }

    [Test]
    public void ACompiledFileGivesTheSameMap()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(2);
        Lrp method = new() { Rules = LrpRules.EpsilonGammaBox };
        AttributionResult direct = method.Attribute(model, input);
        using OnnxSession session = OnnxSession.Create(method.Compile(model), new SessionSettings(ExecutionProvider.Cpu, 1));
        FloatTensor[] outputs = session.Run(input, [.. direct.Targets], default);
        Assert.That(session.OutputNames, Is.EqualTo(["logits", "relevance"]));
        Assert.That(outputs[1].Span.ToArray(), Is.EqualTo(direct.Map.Span.ToArray()));
    }

    [TestCase("lrp rules=lemon", "epsilon-plus-flat")]
    [TestCase("lrp epsilon=0", "above 0")]
    [TestCase("lrp rules=gamma gamma=-1", "above 0")]
    [TestCase("lrp rules=alpha-beta alpha=3", "alpha = beta + 1")]
    [TestCase("lrp where=conv1", "pattern:rule")]
    [TestCase("lrp where=conv1:lemon", "wsquare")]
    [TestCase("lrp start=here", "contrast:LABEL")]
    public void OptionsThatDoNotFitAreRefused(string text, string expected) =>
        Assert.That(() => AttributionMethods.Parse(text), Throws.InstanceOf<MethodOptionException>().With.Message.Contains(expected));

    private static float[] Map(AudioClassifier model, FloatTensor input, RelevanceRules rules) =>
        new Lrp { CustomRules = rules }.Attribute(model, input).Map.Span.ToArray();

    private static OnnxModel Product(string gate)
    {
        OnnxModel model = OnnxModel.Create(17, "product");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 3]));
        model.Add(new OnnxNode(gate, "gate", ["x"], ["g"]));
        model.Add(new OnnxNode("Mul", "product", ["g", "x"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 3]));
        return model;
    }

    private static OnnxModel Dense(float[] weights, float[] bias, float[] second)
    {
        OnnxModel model = OnnxModel.Create(17, "dense");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 2]));
        model.AddInitializer(OnnxTensor.FromFloats("w", weights, 2, 1));
        model.AddInitializer(OnnxTensor.FromFloats("b", bias, 1));
        model.AddInitializer(OnnxTensor.FromFloats("v", second, 1, 2));
        model.Add(new OnnxNode("Gemm", "dense", ["x", "w", "b"], ["z"]));
        model.Add(new OnnxNode("Gemm", "head", ["z", "v"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        return model;
    }

    private sealed record GradientProbe : ProgramSpec
    {
        public override IRuleSet Rules => GradientRules.Instance;

        public override IReadOnlyList<string> SignalsAt(BackwardGraph graph) => [graph.InputName];

        public override string EmitRelevance(BackwardGraph graph) => graph.Signal(graph.InputName);
    }
}
