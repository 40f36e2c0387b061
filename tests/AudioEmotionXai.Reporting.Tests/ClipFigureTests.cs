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

    [TestCase(1)]
    [TestCase(2)]
    public void ThePngHasTheSizeOfTheSvgAndItsAxesAndTitles(int scale)
    {
        TinyPngReader png = TinyPngReader.Decode(Figure().ToPng(scale));
        SvgCanvas svg = Figure().Draw();
        Assert.That((png.Width, png.Height), Is.EqualTo((scale * svg.Width, scale * svg.Height)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ink(0, 12, svg.Width, 32), Is.GreaterThan(0), "the figure's title");
            Assert.That(Ink(8 + 52, 40, 8 + 52 + 232, 40 + 20), Is.GreaterThan(0), "the panel's title");
            Assert.That(Ink(8, 80, 8 + 48, 260), Is.GreaterThan(0), "frequencies");
            Assert.That(Ink(60, 80 + 185, 60 + 232, 80 + 200), Is.GreaterThan(0), "times");
            Assert.That(Ink(0, 0, svg.Width, 10), Is.Zero, "the margin");
        }

        int Ink(double left, double top, double right, double bottom)
        {
            int dark = 0;
            for (int y = (int)(scale * top); y < (int)(scale * bottom); y++)
                for (int x = (int)(scale * left); x < (int)(scale * right); x++)
                    dark += png.Samples[3 * ((y * png.Width) + x)] < 160 ? 1 : 0;
            return dark;
        }
    }

    [Test]
    public void APictureCellByCellShowsTheMapsColours()
    {
        TimeFrequencyMap map = new(1, 2) { [0, 0] = 1, [0, 1] = -1 };
        RasterCanvas canvas = new(4, 2, 1);
        canvas.Image(0, 0, 4, 2, MapPicture.From(map, ColorScale.ForRelevance(map)), "map");
        byte[] samples = TinyPngReader.Decode(canvas.ToPng()).Samples;
        Rgb high = ColorMap.Diverging.At(1), low = ColorMap.Diverging.At(0);
        byte[] row = [high.Red, high.Green, high.Blue, high.Red, high.Green, high.Blue, low.Red, low.Green, low.Blue, low.Red, low.Green, low.Blue];
        Assert.That(samples, Is.EqualTo((byte[])[.. row, .. row]));
    }

    [Test]
    public void EveryPrintableCharacterLeavesInkThatDiffersFromEveryOther()
    {
        HashSet<string> seen = [];
        for (char c = '!'; c < '\x7f'; c++)
        {
            RasterCanvas canvas = new(20, 30, 2);
            canvas.Text(4, 20, c.ToString(), size: 16);
            Assert.That(seen.Add(Convert.ToHexString(canvas.ToPng())), Is.True, $"'{c}'");
        }
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
