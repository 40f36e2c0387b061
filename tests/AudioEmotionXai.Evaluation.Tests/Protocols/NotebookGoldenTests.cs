using System.Text.Json;

namespace AudioEmotionXai.Evaluation.Tests;

public sealed class NotebookGoldenTests
{
    [TestCase("gradcam_layer4_notebook", NotebookMaskRule.TopShare)]
    [TestCase("lrp_epsilon_1e-6", NotebookMaskRule.TopMagnitude)]
    [TestCase("lrp_epsilon_plus_flat", NotebookMaskRule.TopMagnitude)]
    public void DropsAreThoseOfTheNotebookGivenTheSameMaps(string method, object rule)
    {
        FloatTensor input = GoldenAttributions.EveryInput, maps = GoldenAttributions.EveryExpected(method);
        string text = File.ReadAllText(SharedData.Fixture("verification_notebook_protocol_seed0.json"));
        using JsonDocument golden = JsonDocument.Parse(text);
        using AudioClassifier model = AudioClassifier.Load(BundledModel.Path);
        MaskedBatch batch = new(Classifier.Of(model).Probabilities, 48, input.Shape, default);
        foreach (JsonElement row in golden.RootElement.EnumerateArray().Where(row => row.GetProperty("method").GetString() == method))
        {
            // The file counts the samples of every class, which are every fourth of the bundled ones
            int sample = Array.IndexOf(GoldenAttributions.EveryClip, 4 * row.GetProperty("sample").GetInt32());
            if (sample < 0)
                continue;
            int target = row.GetProperty("target").GetInt32();
            bool[] mask = NotebookMask.Choose(maps.Item(sample).Span, (NotebookMaskRule)rule);
            batch.Add(input.Item(sample).Span, target);
            float probability = batch.Finish()[0];
            NotebookDrop drop = NotebookProtocol.Measure(batch, input.Item(sample).Span, [mask], target, probability, seed: 0)[0];
            Assert.Multiple(() =>
            {
                Assert.That(drop.Masked, Is.EqualTo(row.GetProperty("masked").GetInt32()));
                Assert.That(probability, Is.EqualTo(row.GetProperty("probability").GetDouble()).Within(1e-4));
                Assert.That(drop.Important, Is.EqualTo(row.GetProperty("drop_important").GetDouble()).Within(1e-4), $"important, sample {sample}");
                Assert.That(drop.Random, Is.EqualTo(row.GetProperty("drop_random").GetDouble()).Within(1e-4), $"random, sample {sample}");
            });
        }
    }
}
