using System.Xml.Linq;

namespace AudioEmotionXai.Reporting.Tests;

public sealed class ChartTests
{
    [Test]
    public void EveryBarWithANumberIsDrawnAndNamed()
    {
        XDocument svg = XDocument.Parse(Bars().Draw().ToFile(FigureTheme.Light));
        string[] tips = [.. svg.Descendants().Where(e => e.Name.LocalName == "rect").SelectMany(e => e.Elements()).Select(e => e.Value)];
        Assert.Multiple(() =>
        {
            Assert.That(tips, Has.Length.EqualTo(5), "one of six has no number");
            Assert.That(tips, Does.Contain("fear, lrp: -0.1 (-0.2 to 0.05)"));
        });
    }

    [Test]
    public void ACurveRunsFromTheLeftToTheRightEdge()
    {
        XDocument svg = XDocument.Parse(Curves().Draw().ToFile(FigureTheme.Dark));
        string[] lines = [.. svg.Descendants().Where(e => e.Name.LocalName == "polyline").Select(e => e.Attribute("points")!.Value)];
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[0].Split(' '), Has.Length.EqualTo(3));
    }

    internal static BarChart Bars() => new("Drops", "drop in probability", ["anger", "fear", "joy"], ["gradcam", "lrp"])
    {
        Caption = "whiskers: 95 % intervals",
        Bars = new Bar[,]
        {
            { new(0.5, 0.4, 0.6), new(0.7, 0.65, 0.8) },
            { new(0.3, 0.2, 0.4), new(-0.1, -0.2, 0.05) },
            { new(double.NaN, double.NaN, double.NaN), new(0.2, double.NaN, double.NaN) },
        },
    };

    internal static CurveChart Curves() => new("Deletion", "cells removed (%)", "probability", [new Curve("gradcam", [1, 0.4, 0.1]), new Curve("lrp", [1, 0.2, 0])]);
}
