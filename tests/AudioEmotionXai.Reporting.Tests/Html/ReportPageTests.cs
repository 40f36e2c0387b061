using System.Buffers.Binary;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AudioEmotionXai.Reporting.Tests;

public sealed partial class ReportPageTests
{
    [Test]
    public void ThePageNamesNothingOutsideItself()
    {
        string page = Page().Render();
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Not.Contain("http://").And.Not.Contain("https://").And.Not.Contain("@import").And.Not.Contain("url("));
            Assert.That(Links().Matches(page).Select(link => link.Groups[1].Value), Has.All.Match("^(#|data:)"));
            Assert.That(page, Does.Contain("default-src 'none'"));
        });
    }

    [Test]
    public void EveryLinkInThePageLeadsToAnElement()
    {
        string page = Page().Render();
        foreach (Match link in Links().Matches(page))
            if (link.Groups[1].Value.StartsWith('#'))
                Assert.That(page, Does.Contain($"id=\"{link.Groups[1].Value[1..]}\""));
    }

    [Test]
    public void TextFromOutsideIsEscaped()
    {
        PageClip clip = Clip() with { Name = "<img src=x onerror=alert(1)>", Warnings = ["<b>odd</b>"] };
        string page = (Page() with { Clips = [clip] }).Render();
        Assert.That(page, Does.Not.Contain("<img").And.Not.Contain("<b>"));
    }

    [Test]
    public void TheValuesUnderThePointerAreRightToAStepOfTheRange()
    {
        PageClip clip = Clip();
        string text = DataBlock().Match((Page() with { Clips = [clip] }).Render()).Groups[1].Value;
        using JsonDocument data = JsonDocument.Parse(text);
        JsonElement layer = data.RootElement.GetProperty("clips")[0].GetProperty("maps")[1];
        byte[] bytes = layer.GetProperty("values").GetBytesFromBase64();
        double min = layer.GetProperty("min").GetDouble(), max = layer.GetProperty("max").GetDouble();
        ReadOnlySpan<float> map = clip.Figure.Maps[1].Map.Span;
        double worst = 0;
        for (int cell = 0; cell < map.Length; cell++)
            worst = Math.Max(worst, Math.Abs(map[cell] - (min + ((max - min) * BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * cell)) / 65534.0))));
        Assert.That(worst, Is.LessThanOrEqualTo((max - min) / 65534));
    }

    [Test]
    public void AControlForEveryMapIsThereWithALabel()
    {
        string page = Page().Render();
        Assert.Multiple(() =>
        {
            Assert.That(Regex.Count(page, "type=\"radio\""), Is.EqualTo(2 * 3));
            Assert.That(Regex.Count(page, "<canvas class=\"picture\" tabindex=\"0\""), Is.EqualTo(2));
        });
    }

    internal static ReportPage Page() => new("Title", "lead")
    {
        Sections = [new PageSection("Verdict") { Verdict = "No winner.", Charts = [ChartTests.Bars().Draw()], Tables = [new PageTable("caption", ["a", "b"], [["x", "1"]])] }],
        Clips = [Clip(), Clip()],
        Axes = ClipFigureTests.Figure().Axes,
        Provenance = [new("Seed", "0")],
    };

    private static PageClip Clip() => new()
    {
        Name = "clip.wav",
        Truth = "fear",
        Labels = ["anger", "fear", "joy"],
        Probabilities = [0.03f, 0.956f, 0.014f],
        Predicted = 1,
        Figure = ClipFigureTests.Figure(),
    };

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataBlock();
}
