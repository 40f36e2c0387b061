namespace AudioEmotionXai.Tests;

/// <summary>What the scores are: worked out from how the graph ends, and never doubled. The bare runtime tells what the model says.</summary>
public sealed class HeadTests
{
    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu };

    [TestCase("Softmax", ClassHead.Softmax)]
    [TestCase("LogSoftmax", ClassHead.Softmax)]
    [TestCase("Sigmoid", ClassHead.Sigmoid)]
    public void TheEndOfTheGraphTellsTheHead(string operation, ClassHead head)
    {
        OnnxModel model = Ending(operation);
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        FloatTensor input = TinyModels.ImageInput(2);
        float[] own = BareRun.Of(model, input, model.Outputs[0].Name);
        if (operation is "LogSoftmax")
            own = Array.ConvertAll(own, MathF.Exp);
        Assert.That(classifier.Head, Is.EqualTo(head));
        Assert.That(classifier.Probabilities(input).Span.ToArray(), Is.EqualTo(own).Within(1e-6f));
        Assert.That(classifier.StrippedSoftmax, Does.StartWith($"{operation} "));
        // The score before it is explained
        AssertSameGradient(classifier, TinyModels.Image(), input);
    }

    [Test]
    public void ASoftmaxBeforeAnUnsqueezeOrReshapeIsFoundToo()
    {
        OnnxModel model = Ending("Softmax");
        model.AddInitializer(OnnxTensor.FromInt64s("front", [1], 1));
        model.WithNode("Unsqueeze", "more", node => node.Proto.Input.Add("front"));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(Undeclared(model), s_options);
        FloatTensor input = TinyModels.ImageInput(2);
        Assert.That(classifier.Head, Is.EqualTo(ClassHead.Softmax));
        Assert.That(classifier.Probabilities(input).Span.ToArray(), Is.EqualTo(BareRun.Of(model, input, model.Outputs[0].Name)).Within(1e-6f));
        AssertSameGradient(classifier, TinyModels.Image(), input);
    }

    [Test]
    public void AMeanOfSoftmaxesIsNotPutThroughAnother()
    {
        OnnxModel model = Ending("Softmax");
        string first = model.Outputs[0].Name;
        model.AddInitializer(OnnxTensor.FromFloats("hot", [0.5f]));
        model.Add(new OnnxNode("Mul", "warm", ["logits", "hot"], ["warm"]));
        model.Add(new OnnxNode("Softmax", "second", ["warm"], ["second"]));
        model.Add(new OnnxNode("Mean", "both", [first, "second"], ["both"]));
        model.ClearOutputs();
        model.AddOutput(new OnnxValueInfo("both", OnnxElementType.Float, ["N", TinyModels.Classes]));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        FloatTensor input = TinyModels.ImageInput(2);
        Assert.That(classifier.Head, Is.EqualTo(ClassHead.Probabilities));
        Assert.That(classifier.Probabilities(input).Span.ToArray(), Is.EqualTo(BareRun.Of(model, input, "both")).Within(1e-6f));
    }

    [Test]
    public void OneSigmoidIsAClassAndItsOpposite()
    {
        OnnxModel model = OneScore("Sigmoid");
        model.SetMetadata("labels", """["laughter"]""");
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        FloatTensor input = TinyModels.ImageInput(3);
        float[] own = BareRun.Of(model, input, model.Outputs[0].Name);
        Assert.That(classifier.Labels, Is.EqualTo(["laughter", "not laughter"]));
        for (int item = 0; item < 3; item++)
        {
            Prediction said = classifier.Predict(input)[item];
            Assert.That(said["laughter"], Is.EqualTo(own[item]).Within(1e-6f));
            Assert.That(said["not laughter"], Is.EqualTo(1 - own[item]).Within(1e-6f));
            Assert.That(said.Label, Is.EqualTo(own[item] >= 0.5f ? "laughter" : "not laughter"));
        }

        float[] yes = Gradient(classifier, input, 0), no = Gradient(classifier, input, 1);
        Assert.That(no, Is.EqualTo(Array.ConvertAll(yes, value => -value)).Within(1e-9f));
        Assert.That(yes.Max(Math.Abs), Is.GreaterThan(1e-4));
        foreach (string method in (string[])["lime samples=200", "occlusion", "rise samples=200", "kernel-shap samples=200"])
            Assert.That(AttributionMethods.Parse(method).Attribute(classifier, input).Map.Span.ToArray().Max(Math.Abs), Is.GreaterThan(1e-4), method);
    }

    [Test]
    public void AProbabilitysGradientIsTheScoresTimesItsSlope()
    {
        using AudioClassifier classifier = AudioClassifier.FromOnnx(Ending("Sigmoid"), s_options);
        FloatTensor input = TinyModels.ImageInput(1);
        float p = classifier.Probabilities(input).Span[1];
        float[] expected = Array.ConvertAll(Gradient(classifier, input, 1), value => p * (1 - p) * value);
        float[] actual = new Gradient { Score = ClassScore.Probability }.Attribute(classifier, input, ClassTarget.OfIndex(1)).Map.Span.ToArray();
        Assert.That(actual, Is.EqualTo(expected).Within(1e-6f));
    }

    [Test]
    public void QuantitiesHaveValuesAndNoProbabilities()
    {
        OnnxModel model = OneScore(null);
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        FloatTensor input = TinyModels.ImageInput(2);
        Prediction said = classifier.Predict(input)[1];
        Assert.That(classifier.Head, Is.EqualTo(ClassHead.Linear));
        Assert.That(classifier.Contract.Single(part => part.Part == "head").IsAssumed);
        Assert.That(said.Value, Is.EqualTo(BareRun.Of(model, input, model.Outputs[0].Name)[1]).Within(1e-6f));
        Assert.That(() => said.Probability, Throws.InvalidOperationException.With.Message.Contains("linear"));
        Assert.That(() => classifier.Probabilities(input), Throws.InvalidOperationException.With.Message.Contains("linear"));
        Assert.That(new Occlusion().Attribute(classifier, input).Map.Span.ToArray().Max(Math.Abs), Is.GreaterThan(1e-4));
    }

    [Test]
    public void NamesOfQuantitiesTellThatThereAreNoClasses()
    {
        OnnxModel model = TinyModels.Image();
        model.SetMetadata("labels", """["arousal","dominance","valence"]""");
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        Assert.That(classifier.Head, Is.EqualTo(ClassHead.Linear));
    }

    [Test]
    public void ScoresThatAreSaidToBeProbabilitiesAndAreNotAreAnError()
    {
        using AudioClassifier classifier = AudioClassifier.FromOnnx(
            TinyModels.Image(), s_options with { Contract = new ModelContract { Head = ClassHead.Probabilities } });
        Assert.That(
            () => classifier.Predict(TinyModels.Input(1, 4, 1, TinyModels.Height, TinyModels.Width)),
            Throws.TypeOf<ModelFormatException>().With.Message.Contains("from 0 to 1"));
    }

    [TestCase(FrameReduction.Mean)]
    [TestCase(FrameReduction.Max)]
    [TestCase(FrameReduction.Last)]
    public void ScoresOfFramesAreTakenTogether(FrameReduction reduction)
    {
        foreach (bool areClassesLast in (bool[])[true, false])
        {
            OnnxModel model = OfFrames(areClassesLast, out string frames);
            using AudioClassifier classifier = AudioClassifier.FromOnnx(
                model, s_options with { Contract = new ModelContract { Frames = reduction } });
            FloatTensor input = TinyModels.Input(5, 2, 5, 17);
            float[] each = BareRun.Of(model, input, frames);
            int length = each.Length / 2 / 3;
            for (int item = 0; item < 2; item++)
                for (int label = 0; label < 3; label++)
                {
                    float[] scores =
                    [
                        .. Enumerable.Range(0, length).Select(frame =>
                            each[(item * length * 3) + (areClassesLast ? (frame * 3) + label : (label * length) + frame)]),
                    ];
                    float expected = reduction switch { FrameReduction.Mean => scores.Average(), FrameReduction.Max => scores.Max(), _ => scores[^1] };
                    Assert.That(classifier.Logits(input).Span[(item * 3) + label], Is.EqualTo(expected).Within(1e-6f));
                }
        }
    }

    [Test]
    public void WithoutAWordAMeanOverFramesIsSaidToBeAssumed()
    {
        using AudioClassifier classifier = AudioClassifier.FromOnnx(OfFrames(true, out _), s_options);
        ContractPart frames = classifier.Contract.Single(part => part.Part == "frames");
        Assert.That((frames.Value, frames.IsAssumed), Is.EqualTo(("mean", true)));
    }

    [Test]
    public void ASoftmaxOverItemsIsNoHead()
    {
        OnnxModel model = TinyModels.Image().WithNode("Softmax", "over_items", node => node.Set("axis", 0L));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        FloatTensor input = TinyModels.ImageInput(3);
        Assert.That(classifier.StrippedSoftmax, Is.Null);
        Assert.That(classifier.Logits(input).Span.ToArray(), Is.EqualTo(BareRun.Of(model, input, model.Outputs[0].Name)).Within(1e-6f));
    }

    [Test]
    public void FramesThatWereFoldedIntoItemsAreNotTakenForClips()
    {
        // (N, T, F) to (N T, F), a layer, a softmax, and back: the scores are those of frames, whose mean is the clip's
        OnnxModel model = OnnxModel.Create(17, "frame by frame");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 7, 5]));
        Random random = new(3);
        model.AddInitializer(OnnxTensor.FromFloats("w", [.. Enumerable.Range(0, 15).Select(_ => (float)random.NextDouble() - 0.5f)], 5, 3));
        model.AddInitializer(OnnxTensor.FromInt64s("rows", [-1, 5], 2));
        model.AddInitializer(OnnxTensor.FromInt64s("back", [-1, 7, 3], 3));
        model.Add(new OnnxNode("Reshape", "fold", ["x", "rows"], ["folded"]));
        model.Add(new OnnxNode("MatMul", "layer", ["folded", "w"], ["scores"]));
        model.Add(new OnnxNode("Softmax", "soft", ["scores"], ["soft"]));
        model.Add(new OnnxNode("Reshape", "unfold", ["soft", "back"], ["probabilities"]));
        model.AddOutput(new OnnxValueInfo("probabilities", OnnxElementType.Float, ["N", 7, 3]));
        model.SetMetadata("labels", """["a","b","c"]""");
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        FloatTensor input = TinyModels.Input(4, 2, 7, 5);
        float[] frames = BareRun.Of(model, input, "probabilities");
        Assert.That(classifier.Predict(input), Has.Length.EqualTo(2));
        for (int label = 0; label < 3; label++)
            Assert.That(
                classifier.Logits(input).Span[3 + label],
                Is.EqualTo(Enumerable.Range(0, 7).Average(frame => frames[21 + (frame * 3) + label])).Within(1e-6f));
    }

    [Test]
    public void AWordWithinAnotherIsNoQuantity()
    {
        OnnxModel model = TinyModels.Image();
        model.SetMetadata("labels", """["anger","rage","teenager"]""");
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        Assert.That(classifier.Head, Is.EqualTo(ClassHead.Softmax));
    }

    /// <summary>The tiny image model with something behind its logits.</summary>
    private static OnnxModel Ending(string operation)
    {
        OnnxModel model = TinyModels.Image().WithNode(operation, "end");
        if (operation is not "Sigmoid")
            model.Nodes[^1].Set("axis", 1L);
        return model;
    }

    private static OnnxModel OneScore(string? operation)
    {
        OnnxModel model = TinyModels.Image();
        model.SetMetadata("labels", """["one"]""");
        model.AddInitializer(OnnxTensor.FromFloats("mix", [1, -2, 0.5f], 3, 1));
        model.Add(new OnnxNode("MatMul", "one", ["logits", "mix"], ["score"]));
        model.ClearOutputs();
        model.AddOutput(new OnnxValueInfo("score", OnnxElementType.Float, ["N", 1]));
        return operation is null ? model : model.WithNode(operation, "end");
    }

    private static OnnxModel OfFrames(bool areClassesLast, out string frames)
    {
        OnnxModel model = OnnxModel.Create(17, "frames");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 5, 17]));
        Random random = new(3);
        model.AddInitializer(OnnxTensor.FromFloats("w", [.. Enumerable.Range(0, 3 * 5 * 3).Select(_ => (float)random.NextDouble() - 0.5f)], 3, 5, 3));
        model.Add(new OnnxNode("Conv", "conv", ["x", "w"], ["by_class"]));
        if (areClassesLast)
            model.Add(new OnnxNode("Transpose", "turn", ["by_class"], ["by_frame"])).Set("perm", 0, 2, 1);
        frames = areClassesLast ? "by_frame" : "by_class";
        model.AddOutput(new OnnxValueInfo(frames, OnnxElementType.Float, areClassesLast ? ["N", "T", 3] : ["N", 3, "T"]));
        model.SetMetadata("labels", """["a","b","c"]""");
        return model;
    }

    private static OnnxModel Undeclared(OnnxModel model)
    {
        string name = model.Outputs[0].Name;
        model.ClearOutputs();
        model.AddOutput(new OnnxValueInfo(name, OnnxElementType.Float, null));
        return model;
    }

    private static float[] Gradient(AudioClassifier model, FloatTensor input, int target) =>
        new Gradient().Attribute(model, input, ClassTarget.OfIndex(target)).Map.Span.ToArray();

    private static void AssertSameGradient(AudioClassifier classifier, OnnxModel plain, FloatTensor input)
    {
        using AudioClassifier without = AudioClassifier.FromOnnx(plain, s_options);
        Assert.That(Gradient(classifier, input, 2), Is.EqualTo(Gradient(without, input, 2)).Within(1e-6f));
    }
}
