namespace AudioEmotionXai.Evaluation.Tests;

public sealed class WeightRandomizerTests
{
    [Test]
    public void TheCascadeBeginsAtTheHeadAndLeavesTheRestAlone()
    {
        OnnxModel model = TinyModels.Image(), changed = WeightRandomizer.Randomize(model, 1, 3);
        string[] different = [.. model.Initializers.Keys.Where(name => !Same(model, changed, name))];
        OnnxNode head = model.Nodes.Last(node => node.Inputs.Any(model.Initializers.ContainsKey));
        Assert.That(different, Is.Not.Empty.And.SubsetOf(head.Inputs));
    }

    [Test]
    public void AllLayersAreRandomAtTheEndAndKeepTheirSpread()
    {
        OnnxModel model = TinyModels.Image();
        int layers = WeightRandomizer.LayersFromTheHead(model).Length;
        OnnxModel changed = WeightRandomizer.Randomize(model, layers, 3);
        foreach (string name in model.Initializers.Keys.Where(name => model.Initializers[name] is { IsFloatingPoint: true, Count: > 100 }))
        {
            Assert.That(Same(model, changed, name), Is.False, name);
            Assert.That(Deviation(changed, name), Is.EqualTo(Deviation(model, name)).Within(25).Percent, name);
        }
    }

    [Test]
    public void TheSameSeedGivesTheSameWeights()
    {
        OnnxModel model = TinyModels.Image();
        byte[] first = WeightRandomizer.Randomize(model, 3, 5).ToBytes(), second = WeightRandomizer.Randomize(model, 3, 5).ToBytes();
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void ANewNetworkHasTwoOverTheInputsAsVarianceAndNoBiases()
    {
        OnnxModel model = TinyModels.Image(), changed = WeightRandomizer.Randomize(model, WeightRandomizer.LayersFromTheHead(model).Length, 3, RandomWeights.HeNormal);
        // conv4: 8 x 6 x 3 x 3, 54 inputs, 432 values; fc (transposed): 3 x 8; the spread of 432 draws is within 10 %
        Assert.Multiple(() =>
        {
            Assert.That(Deviation(changed, "conv4.weight"), Is.EqualTo(Math.Sqrt(2.0 / 54)).Within(10).Percent);
            Assert.That(Deviation(changed, "fc.weight"), Is.EqualTo(Math.Sqrt(2.0 / 8)).Within(40).Percent);
            Assert.That(changed.Initializers["conv4.bias"].ToFloats(), Has.All.Zero);
        });
    }

    private static bool Same(OnnxModel first, OnnxModel second, string name) =>
        !first.Initializers[name].IsFloatingPoint || first.Initializers[name].ToFloats().SequenceEqual(second.Initializers[name].ToFloats());

    private static double Deviation(OnnxModel model, string name)
    {
        float[] values = model.Initializers[name].ToFloats();
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
