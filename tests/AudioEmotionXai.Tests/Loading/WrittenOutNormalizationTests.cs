namespace AudioEmotionXai.Tests;

/// <summary>A normalisation gets one relevance map, whether it is one operator or written as several, in each way that exporters have.</summary>
public sealed class WrittenOutNormalizationTests
{
    // At conv2.out: (N, 6, 7, 9)
    private const int Columns = 9;
    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu, Threads = 1 };

    [TestCase("epsilon-plus-flat")]
    [TestCase("epsilon")]
    [TestCase("gamma")]
    public void TwoExportsOfOneNetworkGiveOneMap(string preset)
    {
        RelevanceRules rules = preset switch { "epsilon" => RelevancePresets.Epsilon(), "gamma" => RelevancePresets.Gamma(), _ => RelevancePresets.EpsilonPlusFlat() };
        FloatTensor input = NpyFile.Read(SharedData.Require("zoo/convnext_tiny.npy"));
        float[][] maps = [.. new[] { "convnext_tiny", "convnext_tiny_op17" }.Select(name =>
        {
            using AudioClassifier model = AudioClassifier.Load(SharedData.Require($"zoo/{name}.onnx"), s_options);
            return model.Run(new RelevanceProgram(rules, ScoreStart.Logit), input, [0, 0], default).Relevance.Span.ToArray();
        })];
        float largest = maps[1].Max(Math.Abs);
        Assert.That(largest, Is.GreaterThan(0));
        Assert.That(maps[0], Is.EqualTo(maps[1]).Within(1e-5f * largest));
    }

    [TestCase("pow")]
    [TestCase("mul")]
    [TestCase("two differences")]
    [TestCase("reciprocal")]
    [TestCase("power of minus a half")]
    [TestCase("power of a half")]
    [TestCase("one over")]
    [TestCase("unfolded")]
    public void EveryWayToWriteALayerNormalizationIsSeen(string way)
    {
        OnnxModel fused = TinyModels.Image();
        Weights(fused);
        fused.Behind("conv2.out", new OnnxNode("LayerNormalization", "norm", ["conv2.out", "gamma", "beta"], ["normal"]).Set("axis", -1).Set("epsilon", 1e-3f));
        OnnxModel written = TinyModels.Image();
        Weights(written);
        Insert(written, Written(way));
        AssertSameMap(fused, written, 1);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void WithoutScaleAndOffsetItIsSeenToo(bool isScaled)
    {
        OnnxModel fused = TinyModels.Image();
        Weights(fused);
        fused.AddInitializer(OnnxTensor.FromFloats("ones", [.. Enumerable.Repeat(1f, Columns)], Columns));
        fused.Behind("conv2.out", new OnnxNode("LayerNormalization", "norm", ["conv2.out", isScaled ? "gamma" : "ones"], ["normal"]).Set("axis", -1).Set("epsilon", 1e-3f));
        OnnxModel written = TinyModels.Image();
        Weights(written);
        List<OnnxNode> nodes = Written("mul");
        nodes.RemoveRange(nodes.Count - (isScaled ? 1 : 2), isScaled ? 1 : 2);
        nodes[^1].ReplaceOutput(nodes[^1].Outputs[0], "normal");
        Insert(written, nodes);
        AssertSameMap(fused, written, 1);
    }

    /// <summary>A normalisation by the mean of squares, which has no operator before set 23; sums of a constant take part as a bias.</summary>
    [Test]
    public void ARuleForOneOfItsNodesTakesItApart()
    {
        OnnxModel written = TinyModels.Image();
        Weights(written);
        Insert(
            written,
            [
                new OnnxNode("Mul", "square", ["conv2.out", "conv2.out"], ["s"]), new OnnxNode("ReduceMean", "mean", ["s"], ["v"]).Set("axes", (long[])[-1]),
                new OnnxNode("Add", "stable", ["v", "epsilon"], ["e"]), new OnnxNode("Sqrt", "root", ["e"], ["d"]), new OnnxNode("Div", "quotient", ["conv2.out", "d"], ["n"]),
                new OnnxNode("Mul", "scale", ["n", "gamma"], ["g"]), new OnnxNode("Add", "shift", ["g", "beta"], ["normal"]),
            ]);
        using AudioClassifier model = AudioClassifier.FromOnnx(written, s_options);
        FloatTensor input = TinyModels.ImageInput(2);
        RelevanceRules rules = RelevancePresets.Epsilon();
        float[] whole = Map(model, rules, input), apart = Map(model, rules.With("shift", new NormRule()), input);
        Assert.That(apart, Is.Not.EqualTo(whole).Within(1e-4f * whole.Max(Math.Abs)));
    }

    private static void AssertSameMap(OnnxModel fused, OnnxModel written, int count)
    {
        FloatTensor input = TinyModels.ImageInput(2);
        using AudioClassifier one = AudioClassifier.FromOnnx(fused, s_options), several = AudioClassifier.FromOnnx(written, s_options);
        Assert.That(several.Passes.Where(pass => pass.Name.Contains("written")).Sum(pass => pass.Places), Is.EqualTo(count));
        float[] expected = Map(one, RelevancePresets.EpsilonPlus(), input);
        Assert.That(Map(several, RelevancePresets.EpsilonPlus(), input), Is.EqualTo(expected).Within(1e-5f * expected.Max(Math.Abs)));
        float[] gradient = one.Run(new InputGradient(), input, [1, 1], default).Relevance.Span.ToArray();
        Assert.That(several.Run(new InputGradient(), input, [1, 1], default).Relevance.Span.ToArray(), Is.EqualTo(gradient).Within(1e-4f * gradient.Max(Math.Abs)));
    }

    private static float[] Map(AudioClassifier model, RelevanceRules rules, FloatTensor input) =>
        model.Run(new RelevanceProgram(rules, ScoreStart.Logit), input, [1, 2], default).Relevance.Span.ToArray();

    private static void Weights(OnnxModel model)
    {
        model.AddInitializer(OnnxTensor.FromFloats("gamma", [1, 2, -1, 0.5f, 1, 1.5f, 2, -0.5f, 0.7f], Columns));
        model.AddInitializer(OnnxTensor.FromFloats("beta", [0.1f, 0.2f, -0.1f, 0.5f, 0, 0.5f, 0.3f, -0.5f, 0.7f], Columns));
        foreach ((string name, float value) in ((string, float)[])[("two", 2), ("epsilon", 1e-3f), ("half", 0.5f), ("minus_half", -0.5f), ("one", 1)])
            model.AddInitializer(OnnxTensor.FromFloats(name, [value]));
    }

    private static List<OnnxNode> Written(string way)
    {
        List<OnnxNode> nodes =
        [
            new OnnxNode("ReduceMean", "mean", ["conv2.out"], ["m"]).Set("axes", (long[])[-1]),
            new OnnxNode("Sub", "centre", ["conv2.out", "m"], ["c"]),
        ];
        if (way is "two differences")
            nodes.Add(new OnnxNode("Sub", "centre_again", ["conv2.out", "m"], ["c2"]));
        nodes.Add(way is "pow" ? new OnnxNode("Pow", "square", ["c", "two"], ["s"]) : new OnnxNode("Mul", "square", ["c", "c"], ["s"]));
        nodes.Add(new OnnxNode("ReduceMean", "variance", ["s"], ["v"]).Set("axes", (long[])[-1]));
        nodes.Add(new OnnxNode("Add", "stable", ["v", "epsilon"], ["e"]));
        switch (way)
        {
            case "reciprocal" or "unfolded":
                nodes.Add(new OnnxNode("Sqrt", "root", ["e"], ["d"]));
                nodes.Add(new OnnxNode("Reciprocal", "inverse", ["d"], ["r"]));
                break;
            case "one over":
                nodes.Add(new OnnxNode("Sqrt", "root", ["e"], ["d"]));
                nodes.Add(new OnnxNode("Div", "inverse", ["one", "d"], ["r"]));
                break;
            case "power of minus a half":
                nodes.Add(new OnnxNode("Pow", "inverse", ["e", "minus_half"], ["r"]));
                break;
            case "power of a half":
                nodes.Add(new OnnxNode("Pow", "root", ["e", "half"], ["d"]));
                break;
            default:
                nodes.Add(new OnnxNode("Sqrt", "root", ["e"], ["d"]));
                break;
        }

        if (way is "unfolded")
        {
            nodes.Add(new OnnxNode("Mul", "factor", ["r", "gamma"], ["f"]));
            nodes.Add(new OnnxNode("Mul", "scaled", ["conv2.out", "f"], ["xf"]));
            nodes.Add(new OnnxNode("Mul", "scaled_mean", ["m", "f"], ["mf"]));
            nodes.Add(new OnnxNode("Sub", "rest", ["beta", "mf"], ["o"]));
            nodes.Add(new OnnxNode("Add", "shift", ["xf", "o"], ["normal"]));
            return nodes;
        }

        bool divides = nodes[^1].Outputs[0] is "d";
        nodes.Add(new OnnxNode(divides ? "Div" : "Mul", "quotient", [way is "two differences" ? "c2" : "c", divides ? "d" : "r"], ["n"]));
        nodes.Add(new OnnxNode("Mul", "scale", ["n", "gamma"], ["g"]));
        nodes.Add(new OnnxNode("Add", "shift", ["g", "beta"], ["normal"]));
        return nodes;
    }

    /// <summary>Behind conv2.out; what read that reads the last node's result.</summary>
    private static void Insert(OnnxModel model, List<OnnxNode> nodes)
    {
        int at = model.Nodes.ToList().FindIndex(node => node.Outputs.Contains("conv2.out"));
        foreach (OnnxNode reader in model.Nodes)
            reader.ReplaceInput("conv2.out", "normal");
        foreach (OnnxNode node in nodes)
            model.Insert(++at, node);
    }
}
