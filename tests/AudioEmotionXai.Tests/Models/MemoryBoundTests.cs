namespace AudioEmotionXai.Tests;

/// <summary>The bound on the memory of one run, graph by graph.</summary>
public sealed class MemoryBoundTests
{
    private const int Cells = TinyModels.Height * TinyModels.Width;

    [Test]
    public void ThePeakOfAChainIsTheInputAndTheTwoTensorsAroundANode()
    {
        OnnxModel model = OnnxModel.Create(17, "chain");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 1, 7, 5]));
        model.AddInitializer(OnnxTensor.FromFloats("w", new float[3], 3, 1, 1, 1));
        model.Add(new OnnxNode("Conv", "", ["x", "w"], ["a"]));
        model.Add(new OnnxNode("Relu", "", ["a"], ["b"]));
        model.Add(new OnnxNode("ReduceMean", "", ["b"], ["y"]).Set("axes", 2L, 3L).Set("keepdims", 0L));
        model.AddOutput(new OnnxValueInfo("y", OnnxElementType.Float, ["N", 3]));
        // x stays; a and b are alive while Relu runs
        Assert.That(ActivationMemory.PeakBytesPerItem(model), Is.EqualTo(4 * (35 + (2 * 3 * 35))));
    }

    [Test]
    public void ATensorThatIsReadLaterStaysAliveAndADeclaredOutputToTheEnd()
    {
        OnnxModel model = OnnxModel.Create(17, "fork");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 6]));
        model.Add(new OnnxNode("Relu", "", ["x"], ["a"]));
        model.Add(new OnnxNode("Exp", "", ["a"], ["b"]));
        model.Add(new OnnxNode("Neg", "", ["b"], ["c"]));
        model.Add(new OnnxNode("Add", "", ["a", "c"], ["y"]));
        model.AddOutput(new OnnxValueInfo("y", OnnxElementType.Float, ["N", 6]));
        // At Neg: x, a, b, c
        Assert.That(ActivationMemory.PeakBytesPerItem(model), Is.EqualTo(4 * 4 * 6));
        model.AddOutput(new OnnxValueInfo("b", OnnxElementType.Float, ["N", 6]));
        Assert.That(ActivationMemory.PeakBytesPerItem(model), Is.EqualTo(4 * 5 * 6));
    }

    [Test]
    public void AFreeTimeAxisCountsAs256Frames()
    {
        OnnxModel model = OnnxModel.Create(17, "free");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 3, "frames"]));
        model.Add(new OnnxNode("Relu", "", ["x"], ["y"]));
        model.AddOutput(new OnnxValueInfo("y", OnnxElementType.Float, ["N", 3, "frames"]));
        Assert.That(ActivationMemory.PeakBytesPerItem(model), Is.EqualTo(2 * 4 * 3 * 256));
    }

    [Test]
    public void ACompiledExplanationHoldsMoreThanTheForwardPassAndRunsInSmallerBatches()
    {
        using AudioClassifier model = Bounded(128 << 10);
        int gradient = model.ItemsAtOnce(new Gradient().Program), lrp = model.ItemsAtOnce(new Lrp { Rules = LrpRules.EpsilonPlusFlat }.Program);
        Assert.That(model.BatchSize, Is.GreaterThan(gradient));
        Assert.That(gradient, Is.GreaterThanOrEqualTo(lrp));
        Assert.That(lrp, Is.GreaterThan(1), "the bound must leave room for a comparison");
    }

    [TestCase("gradcam")]
    [TestCase("gradient")]
    [TestCase("lrp")]
    [TestCase("integrated-gradients steps=9")]
    [TestCase("smooth-grad samples=7 inner=lrp")]
    [TestCase("lime samples=25 segments=grid:3x4")]
    [TestCase("kernel-shap samples=25 segments=grid:3x4")]
    [TestCase("occlusion window=4x5 stride=3x4")]
    [TestCase("rise samples=25 grid=3x4")]
    public void NoRunOfAMethodIsLargerThanTheBoundAllows(string method)
    {
        using AudioClassifier tight = Bounded(80 << 10);
        using AudioClassifier wide = Bounded(1 << 30);
        AttributionMethod explain = AttributionMethods.Parse(method);
        FloatTensor input = TinyModels.ImageInput(11);
        using ItemsListener listener = new();
        AttributionResult expected = explain.Attribute(wide, input, ClassTarget.OfIndex(1));
        int largest = listener.Largest();
        AttributionResult bounded = explain.Attribute(tight, input, ClassTarget.OfIndex(1));
        int most = Math.Max(tight.BatchSize, explain is CompiledMethod compiled ? tight.ItemsAtOnce(compiled.Program) : 1);
        Assert.That(listener.Largest(), Is.LessThanOrEqualTo(most).And.LessThan(largest));
        // Other batches, other order of sums inside the runtime's kernels
        Assert.That(bounded.Map.Span.ToArray(), Is.EqualTo(expected.Map.Span.ToArray()).Within(1e-5f));
    }

    [Test]
    public void MoreProgramsThanAreKeptStillGiveTheSameMaps()
    {
        using AudioClassifier narrow = AudioClassifier.FromOnnx(TinyModels.Image(), new AudioClassifierOptions { Provider = ExecutionProvider.Cpu, Threads = 1, LargestProgramCache = 2 });
        using AudioClassifier wide = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(2);
        string[] layers = ["layer1", "layer2", "layer3", "layer4", "layer1", "layer2"];
        Parallel.ForEach(layers, layer =>
        {
            GradCam method = new() { Layer = layer };
            Assert.That(method.Attribute(narrow, input).Map.Span.ToArray(), Is.EqualTo(method.Attribute(wide, input).Map.Span.ToArray()));
        });
    }

    [Test]
    public void AProgramThatWasNotUsedForLongestIsCompiledAgain()
    {
        using AudioClassifier model = AudioClassifier.FromOnnx(TinyModels.Image(), new AudioClassifierOptions { Provider = ExecutionProvider.Cpu, Threads = 1, LargestProgramCache = 2 });
        GraphProgram first = model.Program(new GradCam { Layer = "layer1" }.Program);
        GraphProgram second = model.Program(new GradCam { Layer = "layer2" }.Program);
        Assert.That(model.Program(new GradCam { Layer = "layer1" }.Program), Is.SameAs(first));
        model.Program(new GradCam { Layer = "layer3" }.Program);
        Assert.That(model.Program(new GradCam { Layer = "layer1" }.Program), Is.SameAs(first));
        Assert.That(model.Program(new GradCam { Layer = "layer2" }.Program), Is.Not.SameAs(second));
        Assert.That(() => second.Session.Run(TinyModels.ImageInput(1), [0], default), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void AForwardPassThatCouldNotBePreparedIsTriedAgainByTheNextCall()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        using AudioClassifier healthy = TinyModels.Load(TinyModels.Image());
        OnnxModel graph = model.Graph.Model;
        OnnxTensor weight = graph.Initializers.Values.First(tensor => tensor.Shape.Count == 4);
        graph.RemoveInitializer(weight.Name);
        for (int i = 0; i < 2; i++)
            Assert.That(() => model.Logits(TinyModels.ImageInput(1)), Throws.Exception);
        graph.AddInitializer(weight);
        float[] expected = healthy.Logits(TinyModels.ImageInput(1)).Span.ToArray();
        Assert.That(model.Logits(TinyModels.ImageInput(1)).Span.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void AProgramThatCannotBeCompiledIsRefusedEveryTime()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        GradCam wrong = new() { Layer = "layer9" };
        for (int i = 0; i < 3; i++)
            Assert.That(() => wrong.Attribute(model, TinyModels.ImageInput(1)), Throws.ArgumentException.With.Message.Contains("layer9"));
    }

    private static AudioClassifier Bounded(long bytes)
    {
        Assert.That(bytes, Is.GreaterThan(4 * Cells));
        return AudioClassifier.FromOnnx(TinyModels.Image(), new AudioClassifierOptions { Provider = ExecutionProvider.Cpu, Threads = 1, BatchMemoryBytes = bytes });
    }
}
