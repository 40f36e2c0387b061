using System.Text.Json;

namespace AudioEmotionXai.Tests;

public sealed class BundledModelTests
{
    [Test]
    public void TheBundledModelGivesPyTorchsLogits()
    {
        using JsonDocument fixture = JsonDocument.Parse(File.ReadAllText(SharedData.Fixture("bundled_model_logits.json")));
        BundledSamples samples = BundledSamples.Load();
        using BareSession session = new(BundledModel.Path);
        foreach ((JsonElement sample, int row) in fixture.RootElement.GetProperty("samples").EnumerateArray().Select((sample, row) => (sample, row)))
        {
            int index = sample.GetInt32();
            float[] expected = [.. fixture.RootElement.GetProperty("logits")[row].EnumerateArray().Select(value => value.GetSingle())];
            float[] logits = session.Run("logits", samples.Spectrograms.Item(index).Memory, 1, 1, 128, 141);
            Assert.That(samples.Names[index], Is.EqualTo(fixture.RootElement.GetProperty("clips")[row].GetString()));
            Assert.That(logits, Is.EqualTo(expected).Within(1e-4), samples.Names[index]);
        }
    }

    [Test]
    public void TheBundledModelCarriesItsFrontEndAndLabels()
    {
        OnnxModel model = OnnxModel.Load(BundledModel.Path);
        Assert.That(FrontEndContract.TryRead(model, out FrontEndContract? contract), Is.True);
        Assert.That(contract!.Labels, Is.EqualTo(new[] { "anger", "fear", "happiness", "neutral", "sadness", "surprised" }));
        Assert.That(model.Outputs.Select(output => output.Name), Is.EqualTo(new[] { "logits", "layer1", "layer2", "layer3", "layer4" }));
    }

    [Test]
    public void ThereAreFourSamplesOfEachEmotion()
    {
        BundledSamples samples = BundledSamples.Load();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(samples.Spectrograms.ToString(), Is.EqualTo("(24, 1, 128, 141)"));
            Assert.That(samples.Labels.CountBy(label => label).Select(pair => pair.Value), Is.EqualTo(Enumerable.Repeat(4, 6)));
            Assert.That(samples.Names, Is.Unique);
        }
    }

    [Test]
    public void TheSamplesAreRowsOfTheTestSet()
    {
        string[] clips = File.ReadAllLines(SharedData.Require("data/test_files.txt"));
        FloatTensor all = NpyFile.Read(SharedData.Require("data/X_test.npy"));
        int[] labels = NpyFile.ReadInt32(SharedData.Require("data/y_test.npy"));
        BundledSamples samples = BundledSamples.Load();
        for (int i = 0; i < samples.Count; i++)
        {
            int row = Array.IndexOf(clips, samples.Names[i]);
            Assert.That(samples.Labels[i], Is.EqualTo(labels[row]), samples.Names[i]);
            Assert.That(samples.Spectrograms.Item(i).Span.SequenceEqual(all.Item(row).Span), Is.True, samples.Names[i]);
        }
    }
}
