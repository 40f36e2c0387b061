namespace AudioEmotionXai.Reporting.Tests;

public sealed class ExplanationFiguresTests
{
    [Test]
    public void TheStrongestCellsKeepTheirColoursAndTheOthersAreDimmed()
    {
        TimeFrequencyMap map = new(new float[] { 0, 1, 2, 3, 4, 5 }, 2, 3);
        TimeFrequencyMask lit = new(2, 3);
        lit.Span[5] = true;
        ColorScale scale = ColorScale.ForSpectrogram(map);
        MapPicture plain = MapPicture.From(map, scale), picture = MapPicture.LitAndDimmed(map, scale, lit);
        Rgb ColourAt(MapPicture of, int pixel) => of.Palette[of.Entries[pixel]];
        Assert.That(ColourAt(picture, 2), Is.EqualTo(ColourAt(plain, 2)), "the last cell of the upper bin, on top");
        for (int pixel = 0; pixel < 6; pixel++)
            if (pixel != 2)
                Assert.That(Brightness(ColourAt(picture, pixel)), Is.LessThanOrEqualTo(0.35 * Brightness(ColourAt(plain, pixel)) + 3), $"{pixel}");
    }

    [Test]
    public void APictureOfAnExplanationHasThreePanelsInBothForms()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = BandModel.Load();
        Explanation why = new Gradient().Explain(model, BandModel.Clip());
        why.SavePng(folder.PathOf("why.png"));
        why.SaveSvg(folder.PathOf("why.svg"));
        Assert.That(File.ReadAllBytes(folder.PathOf("why.png")).AsSpan(1, 3).ToArray(), Is.EqualTo("PNG"u8.ToArray()));
        string svg = File.ReadAllText(folder.PathOf("why.svg"));
        Assert.That(svg, Does.Contain("Spectrogram").And.Contain("What mattered most").And.Contain("gradient for call").And.Contain("time (s)"));
    }

    [TestCase(-40, 15, "z-score", "dB")]
    [TestCase(0, 1, "dB", "z-score")]
    public void AFigureOfSamplesNamesTheUnitOfItsCells(double mean, double deviation, string unit, string other)
    {
        using AudioClassifier model = RecordingModel.LoadForSamples(mean, deviation);
        Explanation why = new Gradient().Explain(model, new AudioClip(TestSounds.Noise(1024), 4000));
        string svg = why.ToFigure().ToSvg();
        Assert.That(svg, Does.Contain($">{unit}<").And.Not.Contain($">{other}<"));
    }

    private static double Brightness(Rgb colour) => colour.Red + colour.Green + colour.Blue;
}
