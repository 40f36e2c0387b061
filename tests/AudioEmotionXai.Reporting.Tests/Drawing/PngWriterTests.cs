namespace AudioEmotionXai.Reporting.Tests;

public sealed class PngWriterTests
{
    [TestCase(PngColor.Grey, 1)]
    [TestCase(PngColor.Rgb, 3)]
    [TestCase(PngColor.Rgba, 4)]
    public void APictureReadBackHasTheSameSamples(object color, int channels)
    {
        byte[] samples = new byte[7 * 5 * channels];
        new Random(3).NextBytes(samples);
        TinyPngReader read = TinyPngReader.Decode(PngWriter.Encode(7, 5, (PngColor)color, samples));
        Assert.Multiple(() =>
        {
            Assert.That((read.Width, read.Height, read.ColorType), Is.EqualTo((7, 5, (int)(PngColor)color)));
            Assert.That(read.Samples, Is.EqualTo(samples));
        });
    }

    [Test]
    public void AnIndexedPictureKeepsItsPalette()
    {
        TinyPngReader read = TinyPngReader.Decode(PngWriter.Encode(3, 1, PngColor.Indexed, [0, 1, 0], [new Rgb(1, 2, 3), new Rgb(4, 5, 6)]));
        Assert.Multiple(() =>
        {
            Assert.That(read.Palette, Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6 }));
            Assert.That(read.Samples, Is.EqualTo(new byte[] { 0, 1, 0 }));
        });
    }

    [Test]
    public void ASizeThatDoesNotFitTheSamplesIsRefused() =>
        Assert.That(() => PngWriter.Encode(3, 2, PngColor.Rgb, new byte[17]), Throws.ArgumentException.With.Message.Contains("18 samples"));

    [Test]
    public void APaletteWithoutAnIndexedPictureIsRefused() =>
        Assert.That(() => PngWriter.Encode(1, 1, PngColor.Grey, [1], [new Rgb(1, 2, 3)]), Throws.ArgumentException.With.Message.Contains("palette"));
}
