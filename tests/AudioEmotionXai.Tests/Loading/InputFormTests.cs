namespace AudioEmotionXai.Tests;

/// <summary>Which input is explained, what the others are fed, and which output is taken.</summary>
public sealed class InputFormTests
{
    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu };

    [TestCase("lengths", OnnxElementType.Int64, "length", 17)]
    [TestCase("attention_mask", OnnxElementType.Int64, "ones", 17)]
    [TestCase("attention_mask", OnnxElementType.Bool, "ones", 17)]
    [TestCase("state", OnnxElementType.Float, "zeros", 0)]
    [TestCase("rate", OnnxElementType.Int64, "16000", 16000)]
    public void AFurtherInputIsFedInsideTheGraph(string name, OnnxElementType type, string feed, double sum)
    {
        // The scores grow by what is fed: one number for each item, or the sum of a row
        OnnxModel model = TinyModels.Sequence();
        OnnxDimension[] shape = name switch { "lengths" => ["N"], "rate" => [1], "state" => ["N", 4], _ => ["N", "T"] };
        model.AddInput(new OnnxValueInfo(name, type, shape));
        if (name is "state")
            model.AddOutput(new OnnxValueInfo("state_out", OnnxElementType.Float, shape));
        List<OnnxNode> added = [new OnnxNode("Cast", "as_float", [name], ["fed"]).Set("to", 1)];
        if (name is "state")
            added.Add(new OnnxNode("Identity", "next", [name], ["state_out"]));
        model.AddInitializer(OnnxTensor.FromInt64s("rows", [1], 1));
        added.Add(shape.Length == 2
            ? new OnnxNode("ReduceSum", "sum", ["fed", "rows"], ["total"]).Set("keepdims", 1)
            : new OnnxNode("Unsqueeze", "column", ["fed", "rows"], ["total"]));
        added.Add(new OnnxNode("Add", "shifted", ["logits", "total"], ["more"]));
        foreach (OnnxNode node in added)
            model.Add(node);
        OnnxValueInfo[] others = [.. model.Outputs.Where(output => output.Name is "state_out")];
        model.ClearOutputs();
        model.AddOutput(new OnnxValueInfo("more", OnnxElementType.Float, ["N", 3]));
        foreach (OnnxValueInfo other in others)
            model.AddOutput(other);
        ModelContract? given = name is "rate" ? new ModelContract { Feeds = new Dictionary<string, string> { ["rate"] = "16000" } } : null;
        using AudioClassifier fed = AudioClassifier.FromOnnx(model, s_options with { Contract = given });
        using AudioClassifier plain = AudioClassifier.FromOnnx(TinyModels.Sequence(), s_options);
        FloatTensor input = TinyModels.Input(4, 3, 5, 17);
        float[] expected = Array.ConvertAll(plain.Logits(input).Span.ToArray(), score => (float)(score + sum));
        Assert.That(fed.Logits(input).Span.ToArray(), Is.EqualTo(expected).Within(1e-4 * Math.Max(1, sum)));
        Assert.That(fed.Contract.Single(part => part.Part == "feed").Value, Is.EqualTo($"{name} = {feed}"));
        OnnxModel compiled = new Gradient().Compile(fed);
        Assert.That(compiled.Inputs.Select(each => each.Name), Is.EqualTo(["features", "target_class"]), "the file needs no more than the sound");
    }

    [Test]
    public void AModelOfOneClipWithoutItemsTakesABatchOfOne()
    {
        OnnxModel model = OnnxModel.Create(17, "one clip");
        model.AddInput(new OnnxValueInfo("samples", OnnxElementType.Float, [500]));
        Random random = new(5);
        model.AddInitializer(OnnxTensor.FromFloats("w", [.. Enumerable.Range(0, 3 * 25).Select(_ => (float)random.NextDouble() - 0.5f)], 3, 1, 25));
        model.AddInitializer(OnnxTensor.FromInt64s("front", [0, 1], 2));
        model.AddInitializer(OnnxTensor.FromInt64s("flat", [3], 1));
        model.Add(new OnnxNode("Unsqueeze", "image", ["samples", "front"], ["row"]));
        model.Add(new OnnxNode("Conv", "filters", ["row", "w"], ["filtered"]).Set("strides", [5L]));
        model.Add(new OnnxNode("Relu", "rectify", ["filtered"], ["heard"]));
        model.Add(new OnnxNode("GlobalAveragePool", "mean", ["heard"], ["level"]));
        model.Add(new OnnxNode("Reshape", "scores", ["level", "flat"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, [3]));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        FloatTensor clips = TinyModels.Input(6, 2, 500);
        FloatTensor both = classifier.Logits(clips);
        for (int item = 0; item < 2; item++)
            Assert.That(
                both.Item(item).Span.ToArray(),
                Is.EqualTo(BareRun.Of(model, new FloatTensor(clips.Item(item).Memory, [500]), "logits")).Within(1e-6f));
        Assert.That(classifier.Layout!.ToString(), Is.EqualTo("n s"));
        foreach (string method in (string[])["gradient", "gradcam", "lime samples=60 segments=time:5", "occlusion", "rise samples=60"])
            Assert.That(AttributionMethods.Parse(method).Attribute(classifier, clips).Map.Shape.ToArray(), Is.EqualTo(new[] { 2, 500 }), method);
    }

    [Test]
    public void AnEmbeddingIsNeverTakenForScores()
    {
        OnnxModel model = TinyModels.Image();
        model.ClearOutputs();
        model.Add(new OnnxNode("Identity", "renamed", ["logits"], ["emotion"]));
        model.AddOutput(new OnnxValueInfo("flat", OnnxElementType.Float, ["N", 8]));
        model.AddOutput(new OnnxValueInfo("emotion", OnnxElementType.Float, ["N", 3]));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        Assert.That(classifier.Contract.Single(part => part.Part == "output").Value, Does.StartWith("emotion"));
        model.ClearOutputs();
        model.AddOutput(new OnnxValueInfo("embedding", OnnxElementType.Float, ["N", 8]));
        model.Add(new OnnxNode("Identity", "kept", ["flat"], ["embedding"]));
        Assert.That(() => AudioClassifier.FromOnnx(model, s_options), Throws.TypeOf<ModelFormatException>().With.Message.Contains("--output NAME"));
    }

    [Test]
    public void TwoSetsOfScoresAreRefusedWithTheOptionThatSettlesIt()
    {
        OnnxModel model = TinyModels.Image();
        model.ClearOutputs();
        model.Add(new OnnxNode("Identity", "renamed", ["logits"], ["emotion"]));
        model.Add(new OnnxNode("Tanh", "another", ["logits"], ["gender"]));
        model.AddOutput(new OnnxValueInfo("emotion", OnnxElementType.Float, ["N", 3]));
        model.AddOutput(new OnnxValueInfo("gender", OnnxElementType.Float, ["N", 3]));
        Assert.That(() => AudioClassifier.FromOnnx(model, s_options), Throws.TypeOf<ModelFormatException>().With.Message.Contains("emotion").And.Message.Contains("--output NAME"));
        using AudioClassifier told = AudioClassifier.FromOnnx(model, s_options with { Contract = new ModelContract { Output = "gender" } });
        FloatTensor input = TinyModels.ImageInput(1);
        Assert.That(told.Logits(input).Span.ToArray(), Is.EqualTo(BareRun.Of(model, input, "gender")).Within(1e-6f));
        Assert.That(
            () => AudioClassifier.FromOnnx(model, s_options with { Contract = new ModelContract { Output = "age" } }),
            Throws.TypeOf<ModelFormatException>().With.Message.Contains("emotion, gender"));
    }

    [Test]
    public void AContractSurvivesTheModelsMetadata()
    {
        ModelContract contract = new()
        {
            Input = "spectrogram",
            Layout = InputLayout.Parse("n c f t"),
            Output = "logits",
            Head = ClassHead.Sigmoid,
            Frames = FrameReduction.Max,
            Labels = ["a", "b", "c"],
            Feeds = new Dictionary<string, string> { ["rate"] = "16000" },
        };
        OnnxModel model = TinyModels.Image();
        contract.WriteTo(model);
        Assert.That(ModelContract.Of(OnnxModel.Parse(model.ToBytes(), "again")), Is.EqualTo(contract));
        Assert.That(() => ModelContract.Parse("""{"head":"softmux"}""", "x"), Throws.TypeOf<ModelFormatException>().With.Message.Contains("softmux"));
        Assert.That(() => ModelContract.Parse("""{"heads":"softmax"}""", "x"), Throws.TypeOf<ModelFormatException>().With.Message.Contains("heads"));
    }
}
