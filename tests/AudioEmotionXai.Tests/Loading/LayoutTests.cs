namespace AudioEmotionXai.Tests;

/// <summary>One network behind inputs of every order of axes: what it says, and every map, is that of the plain order, turned.</summary>
public sealed class LayoutTests
{
    private const int Bins = TinyModels.Height;
    private const int Frames = TinyModels.Width;

    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu };

    private static readonly string[] s_methods =
    [
        "gradient", "gradcam", "hirescam layer=layer2", "eigencam", "lrp rules=epsilon", "lime samples=120", "kernel-shap samples=120",
        "occlusion window=3x5 stride=3x5", "rise samples=120", "integrated-gradients steps=4",
    ];

    [TestCase("n f t c", 0, 3, 1, 2)]
    [TestCase("n t f c", 0, 3, 2, 1)]
    [TestCase("n c t f", 0, 1, 3, 2)]
    public void FourAxesInAnyOrderGiveTheSameMaps(string layout, params int[] toPlain)
    {
        // How the input is turned before the plain network
        int[] order = new int[4];
        for (int axis = 0; axis < 4; axis++)
            order[toPlain[axis]] = axis;
        long[] perm = [.. toPlain.Select(axis => (long)axis)];
        OnnxModel model = TinyModels.Image();
        model.ReplaceInput(model.Inputs[0] with { Shape = Turned(["N", 1, Bins, Frames], toPlain) });
        model.Insert(0, new OnnxNode("Transpose", "turn", ["spectrogram"], ["plain"]).Set("perm", perm));
        foreach (OnnxNode node in model.Nodes.Skip(1))
            node.ReplaceInput("spectrogram", "plain");
        Compare(model, layout, plain => Transposed(plain, order), own => Transposed(own, toPlain), isExact: true);
    }

    [Test]
    public void ThreeAxesWithTimeFirstGiveTheSameMaps()
    {
        OnnxModel model = TinyModels.Image();
        model.ReplaceInput(model.Inputs[0] with { Shape = ["N", Frames, Bins] });
        model.AddInitializer(OnnxTensor.FromInt64s("front", [1], 1));
        model.Insert(0, new OnnxNode("Transpose", "turn", ["spectrogram"], ["turned"]).Set("perm", 0, 2, 1));
        model.Insert(1, new OnnxNode("Unsqueeze", "image", ["turned", "front"], ["plain"]));
        foreach (OnnxNode node in model.Nodes.Skip(2))
            node.ReplaceInput("spectrogram", "plain");
        Compare(
            model, "n t f", plain => Transposed(plain, 0, 3, 2, 1).Reshape(plain.Shape[0], Frames, Bins),
            own => Transposed(own.Reshape(own.Shape[0], own.Shape[1], own.Shape[2], 1), 0, 3, 2, 1), isExact: true);
    }

    [Test]
    public void TokensBehindAClassTokenAreTheGridThatTheyWere()
    {
        // conv4's map as a row of tokens with another in front, and back: every map is that of the plain network
        OnnxModel model = TinyModels.Image();
        OnnxNode[] detour =
        [
            new OnnxNode("Reshape", "flatten_grid", ["layer4", "rows"], ["grid_as_row"]),
            new OnnxNode("Transpose", "tokens_first", ["grid_as_row"], ["patches"]).Set("perm", 0, 2, 1),
            new OnnxNode("Shape", "sizes", ["patches"], ["sizes"]),
            new OnnxNode("Gather", "items", ["sizes", "zero"], ["items"]).Set("axis", 0),
            new OnnxNode("Concat", "class_shape", ["items", "ones_and_width"], ["class_shape"]).Set("axis", 0),
            new OnnxNode("Expand", "class_token", ["class", "class_shape"], ["class_tokens"]),
            new OnnxNode("Concat", "with_class", ["class_tokens", "patches"], ["tokens"]).Set("axis", 1),
            new OnnxNode("Add", "kept_tokens", ["tokens", "nothing"], ["blocks"]),
            new OnnxNode("Slice", "without_class", ["blocks", "one", "far", "one"], ["only_patches"]),
            new OnnxNode("ReduceMean", "pool", ["only_patches"], ["pooled"]).Set("axes", [1L]).Set("keepdims", 0),
        ];
        int last = model.Nodes.ToList().FindIndex(node => node.Outputs.Contains("layer4"));
        foreach (OnnxNode node in model.Nodes.Skip(last + 1).ToList())
            if (node.OpType is "GlobalAveragePool" or "Flatten")
                model.ReplaceNodes(model.Nodes.Where(each => each != node));
        string flat = model.Nodes[^1].Inputs[0];
        detour[^1].ReplaceOutput("pooled", flat);
        for (int i = 0; i < detour.Length; i++)
            model.Insert(last + 1 + i, detour[i]);
        model.AddInitializer(OnnxTensor.FromInt64s("rows", [0, 8, -1], 3));
        model.AddInitializer(OnnxTensor.FromInt64s("zero", [0], 1));
        model.AddInitializer(OnnxTensor.FromInt64s("one", [1], 1));
        model.AddInitializer(OnnxTensor.FromInt64s("far", [1000], 1));
        model.AddInitializer(OnnxTensor.FromFloats("nothing", [0f]));
        model.AddInitializer(OnnxTensor.FromInt64s("ones_and_width", [1, 8], 2));
        model.AddInitializer(OnnxTensor.FromFloats("class", [1, 2, 3, 4, 5, 6, 7, 8], 1, 1, 8));
        using AudioClassifier tokens = AudioClassifier.FromOnnx(model, s_options);
        using AudioClassifier plain = AudioClassifier.FromOnnx(TinyModels.Image(), s_options);
        FloatTensor input = TinyModels.ImageInput(2);
        Assert.That(tokens.Logits(input).Span.ToArray(), Is.EqualTo(plain.Logits(input).Span.ToArray()).Within(1e-5f));
        foreach (string method in (string[])["gradcam", "hirescam", "xgradcam", "layercam", "eigencam"])
        {
            float[] expected = Map(plain, $"{method} layer=layer4", input).Span.ToArray();
            foreach (string layer in (string[])["tokens", "blocks", "only_patches", "patches", "grid_as_row"])
                Assert.That(Map(tokens, $"{method} layer={layer}", input).Span.ToArray(), Is.EqualTo(expected).Within(2e-4f), $"{method} {layer}");
        }

        Assert.That(
            () => Map(tokens, "gradcam layer=class_tokens", input), Throws.ArgumentException.With.Message.Contains("class_tokens"));
    }

    [Test]
    public void AnEmbeddingIsNotOfferedAsALayer()
    {
        OnnxModel model = TinyModels.Sequence();
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        Assert.That(classifier.Layout!.ToString(), Is.EqualTo("n f t"));
        Assert.That(
            () => Map(classifier, "gradcam layer=flat", TinyModels.Input(3, 1, 5, 17)),
            Throws.ArgumentException.With.Message.Contains("the layer 'flat'").And.Message.Contains("layer4"));
    }

    [Test]
    public void AnInputOfWhichNothingIsKnownIsRefusedByMasksWithTheOption()
    {
        OnnxModel model = OnnxModel.Create(17, "opaque");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 6, 7]));
        model.AddInitializer(OnnxTensor.FromFloats("w", new float[42 * 2], 42, 2));
        model.Add(new OnnxNode("Flatten", "flatten", ["x"], ["row"]));
        model.Add(new OnnxNode("MatMul", "mix", ["row", "w"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        FloatTensor input = TinyModels.Input(3, 2, 6, 7);
        Assert.That(classifier.Layout, Is.Null);
        Assert.That(() => Map(classifier, "occlusion", input), Throws.ArgumentException.With.Message.Contains("--layout"));
        Assert.That(Map(classifier, "gradient", input).Shape.ToArray(), Is.EqualTo(new[] { 2, 6, 7 }));
        using AudioClassifier told = AudioClassifier.FromOnnx(
            model, s_options with { Contract = new ModelContract { Layout = InputLayout.Parse("n t f") } });
        Assert.That(Map(told, "occlusion window=2x3 stride=2x3", input).Shape.ToArray(), Is.EqualTo(new[] { 2, 6, 7 }));
        Assert.That(
            () => AudioClassifier.FromOnnx(model, s_options with { Contract = new ModelContract { Layout = InputLayout.Parse("n c f t") } }),
            Throws.TypeOf<ModelFormatException>().With.Message.Contains("4 axes"));
    }

    [Test]
    public void NumbersWithoutOrderAreHiddenOneByOne()
    {
        OnnxModel model = OnnxModel.Create(17, "features");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 9]));
        float[] weights = new float[18];
        weights[4 * 2] = 3;
        model.AddInitializer(OnnxTensor.FromFloats("w", weights, 9, 2));
        model.Add(new OnnxNode("MatMul", "mix", ["x", "w"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, s_options);
        FloatTensor input = TinyModels.Input(3, 1, 9);
        Assert.That(classifier.Layout!.ToString(), Is.EqualTo("n d"));
        foreach (string method in (string[])["occlusion score=logit baseline=0", "lime score=logit samples=200 hide=0 ridge=0", "kernel-shap score=logit samples=600 hide=0"])
        {
            FloatTensor map = AttributionMethods.Parse(method).Attribute(classifier, input, ClassTarget.OfIndex(0)).Map;
            Assert.That(map.Shape.ToArray(), Is.EqualTo(new[] { 1, 9 }));
            for (int i = 0; i < 9; i++)
                Assert.That(map.Span[i], Is.EqualTo(i == 4 ? 3 * input.Span[4] : 0).Within(0.05 * Math.Abs(input.Span[4])), $"{method}, {i}");
        }
    }

    private static void Compare(
        OnnxModel model, string layout, Func<FloatTensor, FloatTensor> toOwn, Func<FloatTensor, FloatTensor> toPlain, bool isExact)
    {
        using AudioClassifier turned = AudioClassifier.FromOnnx(model, s_options);
        using AudioClassifier plain = AudioClassifier.FromOnnx(TinyModels.Image(), s_options);
        FloatTensor input = TinyModels.ImageInput(2);
        FloatTensor own = toOwn(input);
        Assert.That(turned.Layout!.ToString(), Is.EqualTo(layout));
        Assert.That(turned.Logits(own).Span.ToArray(), Is.EqualTo(plain.Logits(input).Span.ToArray()).Within(1e-6f));
        foreach (string method in s_methods)
        {
            AttributionResult expected = AttributionMethods.Parse(method).Attribute(plain, input);
            AttributionResult actual = AttributionMethods.Parse(method).Attribute(turned, own);
            Assert.That(toPlain(actual.Map).Span.ToArray(), Is.EqualTo(expected.Map.Span.ToArray()).Within(isExact ? 2e-5f : 1e-3f), method);
            Assert.That(actual[1].Map.Span.ToArray(), Is.EqualTo(expected[1].Map.Span.ToArray()).Within(2e-5f), method);
            Assert.That(actual[1].Spectrogram().Span.ToArray(), Is.EqualTo(expected[1].Spectrogram().Span.ToArray()), method);
        }
    }

    private static FloatTensor Map(AudioClassifier model, string method, FloatTensor input) =>
        AttributionMethods.Parse(method).Attribute(model, input, ClassTarget.OfIndex(1)).Map;

    private static OnnxDimension[] Turned(OnnxDimension[] plain, int[] toPlain)
    {
        OnnxDimension[] own = new OnnxDimension[plain.Length];
        for (int axis = 0; axis < plain.Length; axis++)
            own[toPlain[axis]] = plain[axis];
        return own;
    }

    private static FloatTensor Transposed(FloatTensor x, params int[] order)
    {
        FloatTensor result = new([.. order.Select(axis => x.Shape[axis])]);
        int[] at = new int[4];
        for (int i = 0; i < result.Length; i++)
        {
            int rest = i;
            for (int axis = 3; axis >= 0; axis--)
            {
                at[order[axis]] = rest % result.Shape[axis];
                rest /= result.Shape[axis];
            }

            int from = 0;
            for (int axis = 0; axis < 4; axis++)
                from = (from * x.Shape[axis]) + at[axis];
            result.Span[i] = x.Span[from];
        }

        return result;
    }
}
