namespace AudioEmotionXai.Tests;

public sealed class InputLayoutTests
{
    private static readonly FrontEndFeatures s_map = FrontEndFeatures.Of(new TimeFrequencyMap(new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3));

    [TestCase("n c f t", "n c f t")]
    [TestCase("ntf", "n t f")]
    [TestCase("n, t, f, c", "n t f c")]
    [TestCase("s", "s")]
    [TestCase("nd", "n d")]
    public void LettersAreReadAndWritten(string text, string expected)
    {
        InputLayout layout = InputLayout.Parse(text);
        Assert.That(layout.ToString(), Is.EqualTo(expected));
        Assert.That(layout, Is.EqualTo(InputLayout.Parse(expected)));
        Assert.That(layout.GetHashCode(), Is.EqualTo(InputLayout.Parse(expected).GetHashCode()));
    }

    [TestCase("n x t", "'x' is no axis")]
    [TestCase("n f f", "twice")]
    [TestCase("f n t", "items (n) stand first")]
    [TestCase("n s t", "samples (s) stand beside no other")]
    [TestCase("n d t", "features (d) stand beside neither")]
    [TestCase("n c", "no axis is frequency")]
    public void AxesThatDoNotGoTogetherAreNamed(string text, string problem) =>
        Assert.That(() => InputLayout.Parse(text), Throws.ArgumentException.With.Message.Contains(problem));

    [Test]
    public void PlacesAreFound()
    {
        InputLayout layout = InputLayout.Parse("n t f c");
        Assert.That(layout.IndexOf(InputAxis.Frequency), Is.EqualTo(2));
        Assert.That(layout.IndexOf(InputAxis.Samples), Is.EqualTo(-1));
        Assert.That(layout, Is.Not.EqualTo(InputLayout.Parse("n f t c")));
    }

    [TestCase("n c f t", "(1, 1, 2, 3)", new float[] { 1, 2, 3, 4, 5, 6 })]
    [TestCase("f t", "(2, 3)", new float[] { 1, 2, 3, 4, 5, 6 })]
    [TestCase("n t f", "(1, 3, 2)", new float[] { 1, 4, 2, 5, 3, 6 })]
    [TestCase("n t f c", "(1, 3, 2, 1)", new float[] { 1, 4, 2, 5, 3, 6 })]
    public void CellsGoToTheirPlaces(string text, string shape, float[] expected)
    {
        FloatTensor tensor = InputLayout.Parse(text).Lay(s_map);
        Assert.That(tensor.ToString(), Is.EqualTo(shape));
        Assert.That(tensor.Memory.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void EveryChannelHasTheSame()
    {
        Assert.That(InputLayout.Parse("n f t c").Lay(s_map, 2).Memory.ToArray(), Is.EqualTo(new float[] { 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6 }));
        Assert.That(InputLayout.Parse("n c t f").Lay(s_map, 2).Memory.ToArray(), Is.EqualTo(new float[] { 1, 4, 2, 5, 3, 6, 1, 4, 2, 5, 3, 6 }));
    }

    [Test]
    public void SamplesGoAlongTheirAxis()
    {
        FrontEndFeatures samples = FrontEndFeatures.OfSamples(new float[] { 1, 2, 3 });
        Assert.That(InputLayout.Parse("n c s").Lay(samples).ToString(), Is.EqualTo("(1, 1, 3)"));
        Assert.That(InputLayout.Parse("s").Lay(samples).Memory.ToArray(), Is.EqualTo(new float[] { 1, 2, 3 }));
    }

    [Test]
    public void FeaturesOfAnotherKindAreRefused()
    {
        Assert.That(
            () => InputLayout.Parse("n s").Lay(s_map), Throws.ArgumentException.With.Message.Contains("'n s', but there are 2 bins x 3 frames"));
        Assert.That(() => InputLayout.Parse("n t").Lay(s_map), Throws.ArgumentException.With.Message.Contains("room for one bin"));
        Assert.That(
            () => InputLayout.Parse("n f t").Lay(FrontEndFeatures.OfSamples(new float[3])), Throws.ArgumentException.With.Message.Contains("3 samples"));
    }
}
