namespace AudioEmotionXai.Tests;

/// <summary>Operators that loading writes as others: those of ONNX Runtime, and those of the standard that are made of several.</summary>
internal sealed class ExpansionTests
{
    [TestCaseSource(nameof(Activations))]
    [TestCaseSource(nameof(Normalizations))]
    [TestCaseSource(nameof(MicrosoftAttentions))]
    [TestCaseSource(nameof(Attentions))]
    [TestCaseSource(nameof(Rotations))]
    [TestCaseSource(nameof(Transforms))]
    [TestCaseSource(nameof(Grids))]
    [TestCaseSource(nameof(Pools))]
    public void ComputesWhatTheOperatorDoes(OperatorCase test) => ExpansionCheck.Run(test);

    /// <summary>Cells of some lie at the kinks of their activation; these have their derivatives held to differences elsewhere.</summary>
    [TestCaseSource(nameof(Layers))]
    public void ComputesWhatTheFusedLayerDoes(OperatorCase test) =>
        ExpansionCheck.Run(test, isDifferentiable: !test.Name.EndsWith("elu", StringComparison.OrdinalIgnoreCase) && !test.Name.EndsWith("Clip", StringComparison.Ordinal) && !test.Name.Contains("Hard"));

    [TestCaseSource(nameof(Learned))]
    public void LinearPartsOfLearnedPipelines(OperatorCase test) => ExpansionCheck.Run(test, isAllStandard: false);

    /// <summary>Operators that the runtime has for other processors alone, against the same written by hand.</summary>
    [TestCaseSource(nameof(Twins))]
    public void ComputesWhatIsWrittenByHand(OperatorCase test, OperatorCase twin)
    {
        OnnxModel plain = test.Body();
        MadePlain.Of(plain);
        float[] expected = ExpansionCheck.Bare(twin.Body(), twin.Input());
        Assert.That(ExpansionCheck.Bare(plain, test.Input()), Is.EqualTo(expected).Within(1e-5f * expected.Max(Math.Abs)));
    }

    private static IEnumerable<TestCaseData> Twins()
    {
        foreach (int activation in (int[])[0, 1])
        {
            OperatorCase twin = New("by hand", 21, 5, 7, 6).Random("g", 6).Random("b", 6).Node("Transpose", ["x"], "t", node => node.Set("perm", 0, 3, 1, 2))
                .Node("GroupNormalization", ["t", "g", "b"], "n", node => node.Set("num_groups", 3).Set("epsilon", 1e-3f)).Node("Sigmoid", ["n"], "s").Node("Mul", ["n", "s"], "m")
                .Node("Transpose", [activation == 0 ? "n" : "m"], "y", node => node.Set("perm", 0, 2, 3, 1));
            yield return Both(New($"GroupNorm {activation}", 21, 5, 7, 6).Random("g", 6).Random("b", 6).Microsoft("GroupNorm", ["x", "g", "b"], node => node.Set("groups", 3).Set("epsilon", 1e-3f).Set("activation", activation)), twin);
        }

        yield return Both(
            New("NhwcConv", 17, 5, 7, 3).Random("w", 4, 3, 2, 3).Random("b", 4).Microsoft("NhwcConv", ["x", "w", "b"], node => node.Set("pads", 1, 0, 0, 1).Set("strides", 2, 1).Set("kernel_shape", 3, 2)),
            New("by hand", 17, 5, 7, 3).Random("w", 4, 3, 2, 3).Random("b", 4).Node("Transpose", ["x"], "t", node => node.Set("perm", 0, 3, 1, 2)).Node("Transpose", ["w"], "v", node => node.Set("perm", 0, 3, 1, 2))
                .Node("Conv", ["t", "v", "b"], "c", node => node.Set("pads", 1, 0, 0, 1).Set("strides", 2, 1)).Node("Transpose", ["c"], "y", node => node.Set("perm", 0, 2, 3, 1)));
        yield return Both(
            New("BiasAdd", 17, 5, 3).Random("b", 3).Node("Tanh", ["x"], "s").Microsoft("BiasAdd", ["x", "b", "s"]),
            New("by hand", 17, 5, 3).Random("b", 3).Node("Tanh", ["x"], "s").Node("Sum", ["x", "b", "s"]));
        yield return Both(
            New("BiasSplitGelu", 20, 5, 6).Random("b", 6).Microsoft("BiasSplitGelu", ["x", "b"]),
            New("by hand", 20, 5, 6).Random("b", 6).Node("Add", ["x", "b"], "s").Node(new OnnxNode("Split", "halves", ["s"], ["l", "r"]).Set("axis", 2).Set("num_outputs", 2)).Node("Gelu", ["r"], "g").Node("Mul", ["l", "g"]));
        yield return Both(
            New("BiasSoftmax", 17, 3, 5).Random("b", 1, 3, 5).Microsoft("BiasSoftmax", ["x", "b"], node => node.Set("axis", 2).Set("is_inner_broadcast", 0)),
            New("by hand", 17, 3, 5).Random("b", 1, 3, 5).Node("Add", ["x", "b"], "s").Node("Softmax", ["s"]));
    }

    private static TestCaseData Both(OperatorCase test, OperatorCase twin) => new TestCaseData(test, twin).SetArgDisplayNames(test.Name);

    [Test]
    public void AFileThatWasOptimizedForOneProcessorIsRefusedWithAdvice()
    {
        OperatorCase test = new OperatorCase("nchwc", 3, 4).Node(new OnnxNode("Conv", "blocked", ["x"], ["y"]) { Proto = { Domain = "com.microsoft.nchwc" } });
        Assert.That(OperatorExpansions.WhyNot(test.Body(), test.Body().Nodes[0]), Does.Contain("from before that optimization"));
    }

    private static IEnumerable<OperatorCase> Activations()
    {
        foreach (int opset in (int[])[11, 17, 20])
        {
            yield return New($"Gelu, opset {opset}", opset, 3, 5).Microsoft("Gelu", ["x"]);
            yield return New($"QuickGelu, opset {opset}", opset, 3, 5).Microsoft("QuickGelu", ["x"], node => node.Set("alpha", 1.3f));
            yield return New($"FastGelu, opset {opset}", opset, 3, 5).Random("b", 5).Microsoft("FastGelu", ["x", "b"]);
        }

        yield return New("QuickGelu by default", 17, 3, 5).Microsoft("QuickGelu", ["x"]);
        yield return New("FastGelu without a bias", 17, 3, 5).Microsoft("FastGelu", ["x"]);
        yield return New("BiasGelu", 17, 3, 5).Random("b", 5).Microsoft("BiasGelu", ["x", "b"]);
    }

    private static IEnumerable<OperatorCase> Layers()
    {
        foreach ((string activation, float[] parameters) in ((string, float[])[])
            [("Relu", []), ("Tanh", []), ("Sigmoid", []), ("LeakyRelu", [0.3f]), ("HardSigmoid", [0.3f, 0.4f])])
        {
            yield return Smooth($"FusedConv {activation}", 3, 5, 7).Random("w", 4, 3, 3, 2).Random("b", 4).Microsoft("FusedConv", ["x", "w", "b"], node =>
                Floats(node.Set("activation", activation).Set("pads", 1, 0, 0, 1).Set("strides", 2, 1), "activation_params", parameters));
            yield return Smooth($"FusedGemm {activation}", 5).Random("w", 4, 5).Random("b", 4).Microsoft("FusedGemm", ["x", "w", "b"], node =>
                Parameters(node.Set("activation", activation).Set("transB", 1).Set("alpha", 0.7f).Set("beta", 1.2f), parameters));
        }

        yield return Smooth("FusedConv Clip", 3, 5, 7).Random("w", 4, 3, 3, 2).Microsoft("FusedConv", ["x", "w"], node => Floats(node.Set("activation", "Clip"), "activation_params", [-0.7f, 1.1f]));
        yield return New("FusedConv with a summand", 17, 3, 5, 7).Random("w", 3, 3, 1, 1).Random("b", 3).Microsoft("FusedConv", ["x", "w", "b", "x"], node => node.Set("activation", "Tanh"));
        foreach (bool left in (bool[])[false, true])
            foreach (bool right in (bool[])[false, true])
                yield return New($"FusedMatMul {left} {right}", 17, 3, 5, 5).Random("w", 3, 5, 5).Microsoft("FusedMatMul", ["x", "w"], node => node.Set("alpha", 0.3f).Set("transA", left ? 1 : 0).Set("transB", right ? 1 : 0));
        yield return New("FusedMatMul with items before rows", 17, 3, 4).Items(3).Random("w", 3, 4, 2).Microsoft("FusedMatMul", ["x", "w"], node => node.Set("transBatchA", 1));
        yield return New("TransposeMatMul", 17, 3, 5).Random("w", 5, 4).Node("Transpose", ["x"], "t", node => node.Set("perm", 0, 2, 1)).Microsoft("TransposeMatMul", ["t", "w"], node => node.Set("transA", 1));
    }

    private static IEnumerable<OperatorCase> Normalizations()
    {
        foreach (int opset in (int[])[11, 13, 17, 18])
        {
            yield return New($"SkipLayerNormalization, opset {opset}", opset, 3, 5).Random("g", 5).Random("b", 5).Node("Tanh", ["x"], "s").Microsoft("SkipLayerNormalization", ["x", "s", "g", "b"], node => node.Set("epsilon", 1e-3f));
            yield return New($"SkipSimplifiedLayerNormalization, opset {opset}", opset, 3, 5).Random("g", 5).Node("Tanh", ["x"], "s").Microsoft("SkipSimplifiedLayerNormalization", ["x", "s", "g"], node => node.Set("epsilon", 1e-3f));
            yield return New($"MeanVarianceNormalization, opset {opset}", Math.Max(opset, 13), 3, 4, 5).Node("MeanVarianceNormalization", ["x"]);
            yield return New($"SimplifiedLayerNormalization, opset {opset}", opset, 3, 5).Random("g", 5).Node("SimplifiedLayerNormalization", ["x", "g"], set: node => node.Set("axis", -1).Set("epsilon", 1e-3f));
        }

        yield return New("SkipLayerNormalization with a bias and its sum", 17, 3, 5).Random("g", 5).Random("b", 5).Random("c", 5).Node("Tanh", ["x"], "s")
            .Microsoft("SkipLayerNormalization", ["x", "s", "g", "b", "c"], node => node.Set("epsilon", 1e-3f), "n", "", "", "sum").Node("Mul", ["n", "sum"]);
        yield return New("MeanVarianceNormalization over cells", 13, 3, 4, 5).Node("MeanVarianceNormalization", ["x"], set: node => node.Set("axes", 2, -1));
        yield return New("RMSNormalization", 23, 3, 5).Random("g", 5).Node("RMSNormalization", ["x", "g"], set: node => node.Set("epsilon", 1e-3f));
        yield return New("RMSNormalization over two axes", 23, 3, 5).Random("g", 3, 5).Node("RMSNormalization", ["x", "g"], set: node => node.Set("axis", 1));
    }

    private static IEnumerable<OperatorCase> MicrosoftAttentions()
    {
        yield return Self("Attention", 8, 24).Microsoft("Attention", ["x", "w", "b"], node => node.Set("num_heads", 2));
        yield return Self("Attention, one way", 8, 24).Microsoft("Attention", ["x", "w", "b"], node => node.Set("num_heads", 4).Set("unidirectional", 1).Set("scale", 0.4f));
        yield return Self("Attention, narrow values", 8, 20).Microsoft("Attention", ["x", "w", "b"], node => node.Set("num_heads", 2).Set("qkv_hidden_sizes", 8, 8, 4));
        yield return Self("Attention, mask of keys", 8, 24).Constant(Int32("m", [1, 1, 1, 0, 0, 1, 1, 1, 1, 0], 2, 5)).Microsoft("Attention", ["x", "w", "b", "m"], node => node.Set("num_heads", 2));
        yield return Self("Attention, numbers of keys", 8, 24).Constant(Int32("m", [3, 5], 2)).Microsoft("Attention", ["x", "w", "b", "m"], node => node.Set("num_heads", 2));
        yield return Self("Attention, bias", 8, 24).Random("a", 1, 2, 5, 5).Microsoft("Attention", ["x", "w", "b", "", "", "a"], node => node.Set("num_heads", 2));
        yield return New("MultiHeadAttention", 17, 5, 8).Random("k", 8, 8).Random("v", 8, 12).Node("MatMul", ["x", "k"], "keys").Node("MatMul", ["x", "v"], "values").Microsoft("MultiHeadAttention", ["x", "keys", "values"], node => node.Set("num_heads", 2));
        yield return New("MultiHeadAttention with biases", 17, 5, 8).Random("k", 8, 8).Random("b", 24).Node("MatMul", ["x", "k"], "keys").Microsoft("MultiHeadAttention", ["x", "keys", "x", "b"], node => node.Set("num_heads", 4).Set("scale", 0.6f));
        yield return New("MultiHeadAttention, a way and a bias", 17, 5, 8).Random("a", 2, 2, 5, 5).Microsoft("MultiHeadAttention", ["x", "x", "x", "", "", "a"], node => node.Set("num_heads", 2).Set("unidirectional", 1));
        yield return New("MultiHeadAttention, mask of keys", 17, 5, 8).Constant(Int32("m", [1, 1, 1, 0, 0, 1, 1, 1, 1, 0], 2, 5)).Microsoft("MultiHeadAttention", ["x", "x", "x", "", "m"], node => node.Set("num_heads", 2));
    }

    private static IEnumerable<OperatorCase> Attentions()
    {
        OperatorCase Rows(string name, int width = 8) => New($"Attention-23 {name}", 23, 5, width).Random("k", width, 4).Random("v", width, 6).Node("MatMul", ["x", "k"], "keys").Node("MatMul", ["x", "v"], "values");
        Action<OnnxNode> Grouped(Action<OnnxNode>? set = null) => node =>
        {
            node.Set("q_num_heads", 4).Set("kv_num_heads", 2);
            set?.Invoke(node);
        };
        yield return Rows("groups of heads").Node("Attention", ["x", "keys", "values"], set: Grouped());
        yield return Rows("causal, scale").Node("Attention", ["x", "keys", "values"], set: Grouped(node => node.Set("is_causal", 1).Set("scale", 0.3f)));
        yield return Rows("soft cap").Node("Attention", ["x", "keys", "values"], set: Grouped(node => node.Set("softcap", 1.5f)));
        yield return Rows("mask of numbers").Random("m", 5, 5).Node("Attention", ["x", "keys", "values", "m"], set: Grouped());
        yield return Rows("mask of truths").Constant(OnnxTensor.FromBytes("m", OnnxElementType.Bool, [1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0], [5, 5])).Node("Attention", ["x", "keys", "values", "m"], set: Grouped());
        yield return New("Attention-23 of four axes", 23, 2, 5, 3).Random("m", 2, 1, 5, 5).Node("Attention", ["x", "x", "x", "m"], set: node => node.Set("is_causal", 1));
    }

    private static IEnumerable<OperatorCase> Rotations()
    {
        foreach (bool pairs in (bool[])[false, true])
        {
            int way = pairs ? 1 : 0;
            yield return New($"RotaryEmbedding of rows, {pairs}", 17, 5, 12).Random("c", 9, 3).Random("s", 9, 3).Constant(OnnxTensor.FromInt64s("p", [2], 1)).Microsoft("RotaryEmbedding", ["x", "p", "c", "s"], node => node.Set("interleaved", way));
            yield return New($"RotaryEmbedding by places, {pairs}", 17, 2, 5, 6).Random("c", 9, 3).Random("s", 9, 3).Constant(OnnxTensor.FromInt64s("p", [0, 2, 4, 6, 8, 8, 7, 6, 5, 4], 2, 5)).Microsoft("RotaryEmbedding", ["x", "p", "c", "s"], node => node.Set("interleaved", way));
            yield return New($"RotaryEmbedding-23, {pairs}", 23, 2, 5, 6).Random("c", 9, 3).Random("s", 9, 3).Constant(OnnxTensor.FromInt64s("p", [0, 2, 4, 6, 8, 8, 7, 6, 5, 4], 2, 5)).Node("RotaryEmbedding", ["x", "c", "s", "p"], set: node => node.Set("interleaved", way));
            yield return New($"RotaryEmbedding-23 of a part, {pairs}", 23, 5, 12).Random("c", 2, 5, 2).Random("s", 2, 5, 2).Node("RotaryEmbedding", ["x", "c", "s"], set: node => node.Set("interleaved", way).Set("num_heads", 2).Set("rotary_embedding_dim", 4));
        }
    }

    private static IEnumerable<OperatorCase> Transforms()
    {
        foreach (int oneSided in (int[])[0, 1])
        {
            yield return New($"STFT {oneSided}", 17, 50).Integers("step", 5).Random("w", 11).Constant(OnnxTensor.FromInt64s("hop", [5])).Node("STFT", ["x", "hop", "w"], set: node => node.Set("onesided", oneSided));
            yield return New($"STFT without a window {oneSided}", 17, 50, 1).Constant(OnnxTensor.FromInt64s("hop", [7])).Constant(OnnxTensor.FromInt64s("length", [16])).Node("STFT", ["x", "hop", "", "length"], set: node => node.Set("onesided", oneSided));
            yield return New($"DFT {oneSided}", 17, 9, 1).Node("DFT", ["x"], set: node => node.Set("onesided", oneSided));
            yield return New($"DFT of three axes {oneSided}", 17, 4, 9, 1).Node("DFT", ["x"], set: node => node.Set("onesided", oneSided).Set("axis", 2));
            yield return New($"DFT-20 {oneSided}", 20, 4, 9, 1).Constant(OnnxTensor.FromInt64s("axis", [1])).Node("DFT", ["x", "", "axis"], set: node => node.Set("onesided", oneSided));
        }

        yield return New("DFT of complex numbers", 17, 7, 2).Node("DFT", ["x"]);
        yield return New("DFT back", 17, 7, 2).Node("DFT", ["x"], set: node => node.Set("inverse", 1));
        yield return New("DFT of a longer frame", 17, 7, 1).Constant(OnnxTensor.FromInt64s("length", [12])).Node("DFT", ["x", "length"]);
        yield return New("DFT of a shorter frame", 17, 7, 1).Constant(OnnxTensor.FromInt64s("length", [5])).Node("DFT", ["x", "length"], set: node => node.Set("onesided", 1));
    }

    private static IEnumerable<OperatorCase> Grids()
    {
        foreach (string padding in (string[])["zeros", "border", "reflection"])
            foreach (int corners in (int[])[0, 1])
                foreach (string mode in (string[])["bilinear", "nearest"])
                    yield return New($"GridSample {padding} {corners} {mode}", 16, 2, 4, 5).Floats("g", Scattered(2 * 3 * 4 * 2), 2, 3, 4, 2).Node("GridSample", ["x", "g"], set: node => node.Set("mode", mode).Set("padding_mode", padding).Set("align_corners", corners));
        yield return new OperatorCase("GridSample, gradient to the grid", 3, 4, 2) { Opset = 16, FreeAxes = [], Value = (random, i) => ((random.Next(4) + 0.3f + (0.4f * random.NextSingle())) / (i % 2 == 0 ? 2.5f : 2)) - 1 }.Random("picture", 2, 2, 5, 6).Node("GridSample", ["picture", "x"], set: node => node.Set("align_corners", 1));
        yield return New("GridSample-20", 20, 2, 4, 5).Floats("g", Scattered(2 * 3 * 4 * 2), 2, 3, 4, 2).Node("GridSample", ["x", "g"], set: node => node.Set("mode", "linear"));
    }

    private static IEnumerable<OperatorCase> Pools()
    {
        foreach (int p in (int[])[1, 2, 3])
        {
            yield return Smooth($"LpPool {p}", 3, 6, 7).Of("LpPool", node => node.Set("p", p).Set("kernel_shape", 3, 2).Set("strides", 2, 1).Set("pads", 1, 0, 1, 1));
            yield return Smooth($"GlobalLpPool {p}", 3, 4, 5).Of("GlobalLpPool", node => node.Set("p", p));
        }

        yield return Smooth("LpPool, SAME_UPPER", 3, 6, 7).Of("LpPool", node => node.Set("kernel_shape", 3, 2).Set("auto_pad", "SAME_UPPER").Set("strides", 2, 2));
    }

    private static IEnumerable<OperatorCase> Learned()
    {
        yield return New("Scaler", 13, 4).Learned("Scaler", "y", node => Floats(Floats(node, "offset", [0.1f, -0.3f, 1, 2]), "scale", [2, 0.5f, 1, -1]));
        foreach (string norm in (string[])["MAX", "L1", "L2"])
            yield return new OperatorCase($"Normalizer {norm}", 4) { FreeAxes = [], Value = (_, i) => (0.4f + (0.3f * i)) * (i % 3 == 0 ? -1 : 1) }.Learned("Normalizer", "y", node => node.Set("norm", norm));
        yield return New("LinearRegressor", 13, 4).Learned("LinearRegressor", "y", node => Floats(Floats(node.Set("targets", 2), "coefficients", [1, 2, 3, 4, -1, -2, 0.5f, 0.1f]), "intercepts", [0.3f, 0.7f]));
        foreach (string transform in (string[])["NONE", "SOFTMAX", "LOGISTIC"])
            yield return New($"LinearClassifier {transform}", 13, 4).LearnedClassifier(node =>
                Floats(Floats(node.Set("post_transform", transform), "coefficients", [1, 2, 3, 4, -1, -2, 0.5f, 0.1f, 0.2f, -0.4f, 0.6f, 1]), "intercepts", [0.3f, 0.7f, -0.2f]).Set("classlabels_ints", 0, 1, 2));
    }

    private static OperatorCase Self(string name, int width, int columns) => New(name, 17, 5, width).Random("w", width, columns).Random("b", columns);

    private static OperatorCase New(string name, int opset, params int[] item) => new(name, item) { Opset = opset, FreeAxes = [] };

    /// <summary>Values well away from zero, where norms and cut-offs have kinks.</summary>
    private static OperatorCase Smooth(string name, params int[] item) =>
        new(name, item) { FreeAxes = [], Value = (random, _) => (0.3f + random.NextSingle()) * (random.Next(2) == 0 ? 1 : -1) };

    private static float[] Scattered(int count)
    {
        // Inside, at the border and outside, off the lines between cells
        Random random = new(5);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 3.2) - 1.6))];
    }

    private static OnnxTensor Int32(string name, int[] values, params long[] shape) =>
        OnnxTensor.FromBytes(name, OnnxElementType.Int32, [.. values.SelectMany(BitConverter.GetBytes)], shape);

    private static OnnxNode Floats(OnnxNode node, string name, float[] values)
    {
        Protobuf.AttributeProto attribute = new() { Name = name, Type = Protobuf.AttributeProto.Types.AttributeType.Floats };
        attribute.Floats.AddRange(values);
        if (values.Length > 0)
            node.Proto.Attribute.Add(attribute);
        return node;
    }

    private static void Parameters(OnnxNode node, float[] values)
    {
        string[] names = ["activation_alpha", "activation_beta"];
        for (int i = 0; i < values.Length; i++)
            node.Set(names[i], values[i]);
    }
}

/// <summary>Short forms for cases of these tests.</summary>
file static class Cases
{
    public static OperatorCase Items(this OperatorCase test, int items) =>
        new(test.Name, test.Item) { Opset = test.Opset, FreeAxes = [], Items = items };

    public static OperatorCase Of(this OperatorCase test, string opType, Action<OnnxNode> set) => test.Node(opType, ["x"], set: set);

    public static OperatorCase Learned(this OperatorCase test, string opType, string output, Action<OnnxNode> set)
    {
        OnnxNode node = new(opType, opType.ToLowerInvariant(), ["x"], [output]) { Proto = { Domain = "ai.onnx.ml" } };
        set(node);
        return test.Node(node);
    }

    public static OperatorCase LearnedClassifier(this OperatorCase test, Action<OnnxNode> set)
    {
        OnnxNode node = new("LinearClassifier", "linear", ["x"], ["label", "y"]) { Proto = { Domain = "ai.onnx.ml" } };
        set(node);
        return test.Node(node);
    }
}
