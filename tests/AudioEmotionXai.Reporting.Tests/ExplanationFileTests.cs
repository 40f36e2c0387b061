using System.Text.Json;

namespace AudioEmotionXai.Reporting.Tests;

public sealed class ExplanationFileTests
{
    private readonly AudioClassifier _model = TinyModels.Load(TinyModels.Image());
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Clean()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void EveryPromisedExtensionIsWrittenAndAnotherIsRefusedByName()
    {
        ExplanationFile explanation = Explain();
        foreach (string extension in ExplanationFile.Extensions)
        {
            explanation.Save(_folder.PathOf("map" + extension));
            Assert.That(new FileInfo(_folder.PathOf("map" + extension)).Length, Is.GreaterThan(100), extension);
        }

        Assert.That(() => explanation.Save("map.gif"), Throws.ArgumentException.With.Message.Contains("map.gif").And.Message.Contains(".npy, .png, .svg, .json"));
    }

    [Test]
    public void TheJsonHoldsTheMapAsNestedListsOnlyWhereAskedFor()
    {
        ExplanationFile explanation = Explain();
        using JsonDocument with = JsonDocument.Parse(explanation.ToJson(withMaps: true)), without = JsonDocument.Parse(explanation.ToJson(withMaps: false));
        JsonElement item = with.RootElement.GetProperty("items")[0], cell = item.GetProperty("map");
        for (int axis = 1; axis < explanation.Result.Map.Rank; axis++)
            cell = cell[explanation.Result.Map.Shape[axis] - 1];
        Assert.That(cell.GetSingle(), Is.EqualTo(explanation.Result.Map.Span[^1]));
        Assert.That(without.RootElement.GetProperty("items")[0].TryGetProperty("map", out _), Is.False);
    }

    private ExplanationFile Explain()
    {
        FloatTensor input = new([.. _model.Source.Inputs[0].Shape!.Select(axis => (int)(axis.Value ?? 1))]);
        input.Span.Fill(0.5f);
        return new ExplanationFile(_model, "clip.npy", new Gradient().Attribute(_model, input));
    }
}
