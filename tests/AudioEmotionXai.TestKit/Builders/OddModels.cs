namespace AudioEmotionXai.TestKit;

/// <summary>Small classifiers that lack what the trained model has: layers of its names, activations, maps, or a way back.</summary>
internal static class OddModels
{
    /// <summary>A convolution, one operator whose output is called <c>a</c> (none: the convolution's own is), the average, a linear head.</summary>
    /// <param name="activation">The operator, or null.</param>
    /// <param name="averagedFirst">Whether the input is averaged before all of that, so that no layer has a map.</param>
    public static OnnxModel OneLayer(string? activation, bool averagedFirst = false)
    {
        OnnxModel model = Begin("one_layer", 1, TinyModels.Height, TinyModels.Width);
        if (averagedFirst)
            model.Add(new OnnxNode("GlobalAveragePool", "early", ["x"], ["p"]));
        Convolve(model, averagedFirst ? "p" : "x", activation is null ? "a" : "c");
        if (activation is not null)
            model.Add(new OnnxNode(activation, "act", ["c"], ["a"]));
        return Classify(model, "a");
    }

    /// <summary>The layer <c>a</c>, and behind it another activation that the scores do not depend on.</summary>
    public static OnnxModel WithDeadEnd()
    {
        OnnxModel model = Begin("dead_end", 1, TinyModels.Height, TinyModels.Width);
        Convolve(model, "x", "c");
        model.Add(new OnnxNode("Relu", "act", ["c"], ["a"]));
        OnnxModel whole = Classify(model, "a");
        whole.Add(new OnnxNode("Relu", "side", ["c"], ["nowhere"]));
        whole.AddOutput(new OnnxValueInfo("nowhere", OnnxElementType.Float, ["N", 2, TinyModels.Height, TinyModels.Width]));
        return whole;
    }

    /// <summary>A linear model over items of any shape.</summary>
    public static OnnxModel Dense(params ReadOnlySpan<int> item)
    {
        OnnxModel model = Begin("dense", item);
        int cells = 1;
        foreach (int length in item)
            cells *= length;
        model.Add(new OnnxNode("Flatten", "flatten", ["x"], ["flat"]));
        return Head(model, cells);
    }

    private static OnnxModel Begin(string name, params ReadOnlySpan<int> item)
    {
        OnnxModel model = OnnxModel.Create(17, name);
        List<OnnxDimension> shape = ["N"];
        foreach (int length in item)
            shape.Add(length);
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, [.. shape]));
        return model;
    }

    private static void Convolve(OnnxModel model, string input, string output)
    {
        model.AddInitializer(OnnxTensor.FromFloats("w", [.. Enumerable.Range(0, 18).Select(i => MathF.Sin(i + 1))], [2, 1, 3, 3]));
        model.Add(new OnnxNode("Conv", "conv", [input, "w"], [output]).Set("pads", [1L, 1, 1, 1]));
    }

    private static OnnxModel Classify(OnnxModel model, string features)
    {
        model.Add(new OnnxNode("GlobalAveragePool", "pool", [features], ["pooled"]));
        model.Add(new OnnxNode("Flatten", "flatten", ["pooled"], ["flat"]));
        return Head(model, 2);
    }

    private static OnnxModel Head(OnnxModel model, int from)
    {
        model.AddInitializer(OnnxTensor.FromFloats("fc", [.. Enumerable.Range(0, 2 * from).Select(i => MathF.Cos(i))], [2, from]));
        model.Add(new OnnxNode("Gemm", "head", ["flat", "fc"], ["logits"]).Set("transB", 1L));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        model.SetMetadata("labels", """["low","high"]""");
        return model;
    }
}
