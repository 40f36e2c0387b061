namespace AudioEmotionXai.Tests;

public sealed class ClassLabelsTests
{
    private static readonly string[] s_named = ["crane", "", "crane"];

    [Test]
    public void NamesThatRepeatGetTheirNumberAndEmptyOnesAreTheNumber()
    {
        OnnxModel model = TinyModels.Image();
        ModelMetadata.SetLabels(model, s_named);
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model);
        Assert.That(classifier.Labels, Is.EqualTo(new[] { "crane (class 0)", "class 1", "crane (class 2)" }));
        Assert.That(ClassTarget.OfLabel("crane (class 2)").Resolve(classifier, 1, () => []), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void NamesOfTheFrontEndAreTakenWhereThereAreNoOthersAndMustAgreeWhereThereAre()
    {
        OnnxModel model = BandModel.Graph();
        ModelMetadata.SetLabels(model, [.. ModelMetadata.FindLabels(model)!.Reverse()]);
        Assert.That(() => AudioClassifier.FromOnnx(model), Throws.TypeOf<ModelFormatException>().With.Message.Contains("labels are").And.Message.Contains("its front end's"));
        OnnxModel unnamed = Unnamed();
        unnamed.SetMetadata(ModelMetadata.FrontEnd, new FrontEndContract(BandModel.FrontEnd, -20, 10, ["x", "y", "z"]).ToJson());
        using AudioClassifier classifier = AudioClassifier.FromOnnx(unnamed);
        Assert.That(classifier.Labels, Is.EqualTo(new[] { "x", "y", "z" }));
        unnamed.SetMetadata(ModelMetadata.FrontEnd, new FrontEndContract(BandModel.FrontEnd, -20, 10, ["x", "y"]).ToJson());
        Assert.That(() => AudioClassifier.FromOnnx(unnamed), Throws.TypeOf<ModelFormatException>().With.Message.Contains("names 2 labels"));
    }

    /// <summary>Three classes, and nothing that says what they are.</summary>
    private static OnnxModel Unnamed()
    {
        OnnxModel model = OnnxModel.Create(17, "unnamed");
        (int bins, int frames) = (BandModel.FrontEnd.MelBins, BandModel.FrontEnd.FrameCount);
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 1, bins, frames]));
        model.Add(new OnnxNode("Flatten", "flatten", ["x"], ["flat"]));
        model.Add(new OnnxNode("MatMul", "fc", ["flat", "w"], ["logits"]));
        model.AddInitializer(OnnxTensor.FromFloats("w", new float[bins * frames * 3], bins * frames, 3));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 3]));
        return model;
    }

    [Test]
    public void AMessageListsTheFirstOfManyClasses()
    {
        string[] many = [.. Enumerable.Range(0, 100_000).Select(index => $"label {index}")];
        Assert.That(ShortList.Of(many), Has.Length.LessThan(400).And.StartsWith("label 0, label 1, ").And.EndsWith(" and 99976 more"));
        Assert.That(ShortList.Of(many[..3]), Is.EqualTo("label 0, label 1, label 2"));
    }
}
