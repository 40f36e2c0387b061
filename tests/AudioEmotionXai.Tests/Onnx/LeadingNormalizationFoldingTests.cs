namespace AudioEmotionXai.Tests;

public sealed class LeadingNormalizationFoldingTests
{
    [TestCase(1, 0, 0)]
    [TestCase(2, 0, 0)]
    [TestCase(1, 1, 1)]
    public void WhatIsMergedGivesTheSameLogits(int groups, int pad, int left)
    {
        OnnxModel source = Normalized(groups, pad);
        FloatTensor input = TinyModels.Input(5, 2, 4, 5, 7);
        using OnnxSession plain = OnnxSession.Create(source, new SessionSettings(ExecutionProvider.Cpu, 1));
        float[] expected = plain.Run(input, [], default)[0].Span.ToArray();
        using AudioClassifier model = TinyModels.Load(source);
        Assert.That(model.Graph.Model.Nodes.Count(node => node.OpType is "BatchNormalization"), Is.EqualTo(left));
        Assert.That(model.Logits(input).Span.ToArray(), Is.EqualTo(expected).Within(1e-5f));
    }

    /// <summary>Relu, normalisation, convolution, average, normalisation, dense layer.</summary>
    private static OnnxModel Normalized(int groups, int pad)
    {
        OnnxModel model = OnnxModel.Create(17, "normalized");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 4, 5, 7]));
        model.Add(new OnnxNode("Relu", "relu", ["x"], ["r"]));
        Normalize(model, "bn1", "r", "n1", 4);
        Weights(model, "conv.w", 1, 6, 4 / groups, 3, 3);
        model.Add(new OnnxNode("Conv", "conv", ["n1", "conv.w"], ["c"]).Set("kernel_shape", 3, 3).Set("pads", pad, pad, pad, pad).Set("group", (long)groups));
        model.Add(new OnnxNode("GlobalAveragePool", "pool", ["c"], ["p"]));
        model.Add(new OnnxNode("Flatten", "flatten", ["p"], ["f"]));
        Normalize(model, "bn2", "f", "n2", 6);
        Weights(model, "fc.w", 2, 6, 3);
        Weights(model, "fc.b", 3, 3);
        model.Add(new OnnxNode("Gemm", "fc", ["n2", "fc.w", "fc.b"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 3]));
        return model;
    }

    private static void Normalize(OnnxModel model, string name, string input, string output, int channels)
    {
        Weights(model, $"{name}.gamma", 4, channels);
        Weights(model, $"{name}.beta", 5, channels);
        Weights(model, $"{name}.mean", 6, channels);
        model.AddInitializer(OnnxTensor.FromFloats($"{name}.variance", [.. Enumerable.Range(1, channels).Select(index => 0.3f * index)], channels));
        model.Add(new OnnxNode("BatchNormalization", name, [input, $"{name}.gamma", $"{name}.beta", $"{name}.mean", $"{name}.variance"], [output]));
    }

    private static void Weights(OnnxModel model, string name, int seed, params int[] shape) =>
        model.AddInitializer(OnnxTensor.FromFloats(name, TinyModels.Input(seed, shape).Span, [.. shape.Select(length => (long)length)]));
}
