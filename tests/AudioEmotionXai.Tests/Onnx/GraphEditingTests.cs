namespace AudioEmotionXai.Tests;

public sealed class GraphEditingTests
{
    [Test]
    public void PruningKeepsOnlyWhatTheOutputsNeed()
    {
        OnnxModel model = TinyModels.Image();
        GraphEditing.Prune(model, ShapeInference.Infer(model), "layer1");
        Assert.That(model.Nodes.Select(node => node.OpType), Is.EqualTo(["Conv", "Relu"]));
        Assert.That(model.Initializers.Keys, Is.EquivalentTo(["conv1.weight", "conv1.bias"]));
        Assert.That(model.Outputs.Single().ToString(), Is.EqualTo("layer1: Float (N, 4, 13, 17)"));
    }

    [Test]
    public void AnOutputThatIsNotThereIsAnErrorThatNamesIt()
    {
        OnnxModel model = TinyModels.Image();
        Assert.That(() => GraphEditing.AddOutput(model, ShapeInference.Infer(model), "layer9"), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("layer9"));
    }

    [Test]
    public void FoldedBatchNormalizationGivesTheSameScores()
    {
        OnnxModel plain = TinyModels.Image();
        OnnxModel normalized = WithBatchNormalization(plain, "conv2.out", 6);
        using AudioClassifier folded = TinyModels.Load(normalized);
        Assert.That(folded.Graph.Model.Nodes.Any(node => node.OpType == "BatchNormalization"), Is.False);
        FloatTensor input = TinyModels.ImageInput(2);
        float[] expected = BareRun.Of(normalized, input, "logits");
        Assert.That(folded.Logits(input).Span.ToArray(), Is.EqualTo(expected).Within(1e-5f));
    }

    [Test]
    public void ASoftmaxAtTheEndIsLeftOffAndNamed()
    {
        OnnxModel model = TinyModels.Image();
        model.ClearOutputs();
        model.Add(new OnnxNode("Softmax", "final_softmax", ["logits"], ["probabilities"]));
        model.AddOutput(new OnnxValueInfo("probabilities", OnnxElementType.Float, ["N", TinyModels.Classes]));
        using AudioClassifier stripped = TinyModels.Load(model);
        using AudioClassifier plain = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(3);
        Assert.That(stripped.StrippedSoftmax, Is.EqualTo("Softmax 'final_softmax'"));
        Assert.That(stripped.Logits(input).Span.ToArray(), Is.EqualTo(plain.Logits(input).Span.ToArray()));
    }

    private static OnnxModel WithBatchNormalization(OnnxModel source, string tensor, int channels)
    {
        OnnxModel model = source.Clone();
        Random random = new(3);
        foreach (string part in (string[])["scale", "shift", "mean", "variance"])
            model.AddInitializer(OnnxTensor.FromFloats($"bn.{part}", [.. Enumerable.Range(0, channels).Select(_ => (float)random.NextDouble() + 0.5f)], channels));
        int producer = model.Nodes.ToList().FindIndex(node => node.Outputs.Contains(tensor));
        foreach (OnnxNode reader in model.Nodes)
            reader.ReplaceInput(tensor, "normalized");
        model.Insert(producer + 1, new OnnxNode("BatchNormalization", "bn", [tensor, "bn.scale", "bn.shift", "bn.mean", "bn.variance"], ["normalized"]));
        return model;
    }
}
