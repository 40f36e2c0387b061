using System.Globalization;
using System.Xml.Linq;

namespace AudioEmotionXai.Reporting.Tests;

public sealed class ClipFigureTests
{
    [Test]
    public void TheFigureIsXmlWithAPanelPerMapAndNoLinkOutside()
    {
        XDocument svg = XDocument.Parse(Figure().ToSvg());
        string[] links = [.. svg.Descendants().Where(e => e.Name.LocalName == "image").Select(e => e.Attribute("href")!.Value)];
        Assert.Multiple(() =>
        {
            Assert.That(links, Has.Length.EqualTo(6), "three panels, each with a colour bar");
            Assert.That(links, Has.All.StartsWith("data:image/png;base64,"));
        });
    }

    [Test]
    public void TextFromOutsideIsEscaped()
    {
        ClipFigure figure = Figure() with { Title = "a<script>&\"'\u0001" };
        XDocument svg = XDocument.Parse(figure.ToSvg());
        Assert.That(svg.Root!.Element(svg.Root.Name.Namespace + "title")!.Value, Is.EqualTo("a<script>&\"'\uFFFD"));
    }

    [Test]
    public void AxesAreInSecondsAndHertz()
    {
        string[] texts = Texts(Figure().ToSvg());
        Assert.Multiple(() =>
        {
            Assert.That(texts, Does.Contain("time (s)"));
            Assert.That(texts, Does.Contain("2 kHz"));
            Assert.That(texts, Does.Contain("0.5"));
        });
    }

    [Test]
    public void AFigureWithoutAxesNumbersItsRowsAndColumns()
    {
        string[] texts = Texts((Figure() with { Axes = null }).ToSvg());
        Assert.That(texts, Does.Contain("frame").And.Contain("bin"));
    }

    [Test]
    public void ClippedCellsAreSaidBesideThePicture()
    {
        TimeFrequencyMap map = new(40, 50);
        map.Span.Fill(1);
        map[2, 3] = 1000;
        string[] texts = Texts((Figure() with { Maps = [new FigureMap("spiky", map)] }).ToSvg());
        Assert.That(texts, Has.Some.Contains("% of cells beyond the scale"));
    }

    [Test]
    public void TheFigureIsTheSameUnderAnotherCulture()
    {
        string invariant = Figure().ToSvg();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("pl-PL");
            Assert.That(Figure().ToSvg(), Is.EqualTo(invariant));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void ThePngStripHoldsAllPanelsSideBySide()
    {
        TinyPngReader png = TinyPngReader.Decode(Figure().ToPng());
        Assert.That((png.Width, png.Height), Is.EqualTo(((3 * 2 * 50) + 16, 80)));
    }

    [Test]
    public void TheHighestFrequencyIsOnTop()
    {
        TimeFrequencyMap map = new(2, 3) { [1, 0] = 5 };
        TinyPngReader png = TinyPngReader.Decode(MapImage.ToPng(map, 1));
        Assert.That(png.Samples, Is.EqualTo(new byte[] { 254, 0, 0, 0, 0, 0 }));
    }

    internal static ClipFigure Figure()
    {
        TimeFrequencyMap spectrogram = new(40, 50), positive = new(40, 50), signed = new(40, 50);
        for (int bin = 0; bin < 40; bin++)
            for (int frame = 0; frame < 50; frame++)
            {
                spectrogram[bin, frame] = MathF.Sin(bin * 0.3f) + MathF.Cos(frame * 0.2f);
                positive[bin, frame] = MathF.Exp(-((bin - 20) * (bin - 20) + ((frame - 15) * (frame - 15))) / 80f);
                signed[bin, frame] = MathF.Sin(bin * 0.2f) * MathF.Sin(frame * 0.2f);
            }

        return new ClipFigure
        {
            Title = "clip.wav · true: fear · predicted: fear 95.6 %",
            Spectrogram = spectrogram,
            Maps = [new FigureMap("gradcam", positive, "target: fear"), new FigureMap("lrp", signed)],
            Axes = TimeFrequencyAxes.Of(new LogMelOptions { MelBins = 40, Seconds = 49 * 512 / 24000.0 }),
        };
    }

    private static string[] Texts(string svg) => [.. XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
}
