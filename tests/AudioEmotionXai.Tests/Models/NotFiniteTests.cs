namespace AudioEmotionXai.Tests;

/// <summary>A model's answer that is no number: refused for one clip, said item by item for a batch, and never a label.</summary>
public sealed class NotFiniteTests
{
    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity)]
    public void OneClipIsRefusedWithClassAndValue(float value)
    {
        using AudioClassifier model = TinyModels.Load(HostileModels.AnswersNaN(value));
        using TemporaryFolder folder = new();
        string path = folder.PathOf("clip.npy");
        NpyFile.Write(path, TinyModels.ImageInput(1));
        string expected = FormattableString.Invariant($"{path}: the model's answer is not finite: the score of '{model.Labels[2]}' is {value}");
        Assert.That(() => model.Predict(path), Throws.InstanceOf<AnswerNotFiniteException>().With.Message.Contains(expected));
        Assert.That(() => new Gradient().Explain(model, path), Throws.InstanceOf<AnswerNotFiniteException>().With.Message.Contains(expected));
        TimeFrequencyMap map = new(TinyModels.Height, TinyModels.Width);
        Assert.That(() => Explanation.FromMap(model, path, map, MapMeaning.Signed), Throws.InstanceOf<AnswerNotFiniteException>());
    }

    [Test]
    public void ABatchSaysWhichItemsHaveNoAnswerAndTheOthersAreAsWithoutThem()
    {
        using AudioClassifier model = TinyModels.Load(HostileModels.DividesByItsDeviation());
        FloatTensor input = TinyModels.ImageInput(5);
        FloatTensor silent = new(input.Span.ToArray(), input.Shape);
        silent.Item(3).Span.Fill(0.25f);
        Prediction[] expected = model.Predict(input), said = model.Predict(silent);
        Assert.That(said.Select(prediction => prediction.IsFinite), Is.EqualTo(new[] { true, true, true, false, true }));
        Assert.That(said[3].Label, Is.EqualTo("undefined"));
        Assert.That(said[3].Probabilities.ToArray(), Is.All.NaN);
        Assert.That(said[3].Warnings, Has.Exactly(1).Contains("not finite"));
        Assert.That(() => said[3].ThrowIfNotFinite("clip 3"), Throws.InstanceOf<AnswerNotFiniteException>().With.Message.StartsWith("clip 3: "));
        foreach (int item in new[] { 0, 1, 2, 4 })
        {
            Assert.That(said[item].ThrowIfNotFinite("clip").Warnings, Is.Empty);
            // The runtime's sums depend on where an input lies in memory
            Assert.That(said[item].Logits.ToArray(), Is.EqualTo(expected[item].Logits.ToArray()).Within(1e-5f));
        }
    }

    [TestCaseSource(nameof(Methods))]
    public void EveryMethodReportsTheItem(string id)
    {
        using AudioClassifier model = TinyModels.Load(HostileModels.DividesByItsDeviation());
        FloatTensor input = TinyModels.ImageInput(3);
        input.Item(1).Span.Fill(-0.5f);
        AttributionMethod method = AttributionMethods.Parse(id is "lime" or "kernel-shap" or "rise" ? $"{id} samples=20" : id is "occlusion" ? "occlusion window=5x5 stride=5x5" : id);
        AttributionResult result;
        try
        {
            result = method.Attribute(model, input);
        }
        catch (UnsupportedOperatorException)
        {
            Assert.That(id, Is.EqualTo("lrp"), "only relevance has no rule for the model's own normalisation");
            return;
        }

        Assert.That(result.Warnings.Where(warning => warning.Text.Contains("answer is not finite", StringComparison.Ordinal)).Select(warning => warning.Item), Is.EqualTo(new int?[] { 1 }));
        Assert.That(result[1].Warnings, Has.Some.Contains("not finite"));
        foreach (int item in new[] { 0, 2 })
            Assert.That(result.Map.Item(item).Span.ToArray(), Is.EqualTo(method.Attribute(model, input.Item(item)).Map.Span.ToArray()).Within(1e-4f), $"item {item}: kernels sum a batch in another order");
    }

    private static IEnumerable<string> Methods() => AttributionMethods.All.Select(method => method.Id);
}
