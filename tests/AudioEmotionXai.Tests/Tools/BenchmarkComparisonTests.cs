using System.Globalization;
using BenchmarkComparison;

namespace AudioEmotionXai.Tests.Tools;

/// <summary>What two exports of the benchmarks are told to say about each other.</summary>
public sealed class BenchmarkComparisonTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void AMachineThatIsSlowerAltogetherIsNoRegression()
    {
        string old = Export("old", ("Forward", 100, 5, 0), ("GradCam", 105, 5, 0)), now = Export("new", ("Forward", 250, 5, 0), ("GradCam", 262.5, 5, 0));
        (int code, string text) = Compare(old, now);
        Assert.That(text, Does.Contain("GradCam(Items=16): 1.05 -> 1.05").And.Contain("same").And.Contain("2 compared, 1 worse"), "the forward pass itself is compared by its time");
        Assert.That(code, Is.EqualTo(1));
    }

    [TestCase(130, 2, "SLOWER")]
    [TestCase(130, 40, "same")]
    [TestCase(108, 0, "same")]
    [TestCase(70, 2, "faster")]
    public void OnlyWhatRepetitionsCannotExplainIsAChange(double after, double spread, string verdict)
    {
        (int code, string text) = Compare(Export("old", ("Slic", 100, 0, 0)), Export("new", ("Slic", after, spread, 0)));
        Assert.That(text, Does.StartWith(verdict));
        Assert.That(code, Is.EqualTo(verdict == "SLOWER" ? 1 : 0));
    }

    [Test]
    public void MoreAllocationIsWorse()
    {
        (int code, string text) = Compare(Export("old", ("Slic", 100, 0, 10_000)), Export("new", ("Slic", 100, 0, 20_000)));
        Assert.That(text, Does.Contain("ALLOCATES MORE: 10,000 -> 20,000 bytes"));
        Assert.That(code, Is.EqualTo(1));
    }

    [Test]
    public void WhatOnlyOneExportHasIsNamed()
    {
        (_, string text) = Compare(Export("old", ("Slic", 100, 0, 0)), Export("new", ("Grid", 100, 0, 0)));
        Assert.That(text, Does.Contain("gone    Suite.Slic(Items=16)").And.Contain("new     Suite.Grid(Items=16)").And.Contain("0 compared"));
    }

    [Test]
    public void AFileThatIsNoExportIsSaid()
    {
        string text = _folder.PathOf("text.json");
        File.WriteAllText(text, "{\"a\":1}");
        using StringWriter output = new(), error = new();
        Assert.That(CompareCommand.Run([text, text], output, error), Is.EqualTo(3));
        Assert.That(error.ToString(), Does.Contain("text.json"));
        Assert.That(CompareCommand.Run([text], output, error), Is.EqualTo(2));
    }

    private static (int Code, string Text) Compare(string old, string now)
    {
        using StringWriter output = new(), error = new();
        int code = CompareCommand.Run([old, now], output, error);
        Assert.That(error.ToString(), Is.Empty);
        return (code, output.ToString());
    }

    private string Export(string name, params (string Method, double Median, double Spread, long Bytes)[] benchmarks)
    {
        string folder = Directory.CreateDirectory(_folder.PathOf(name)).FullName;
        IEnumerable<string> items = benchmarks.Select(b => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"Type":"Suite","Method":"{{{b.Method}}}","Parameters":"Items=16","Statistics":{"Median":{{{b.Median}}},"InterquartileRange":{{{b.Spread}}}},"Memory":{"BytesAllocatedPerOperation":{{{b.Bytes}}}}}"""));
        File.WriteAllText(Path.Combine(folder, "Suite-report-full.json"), $$"""{"Benchmarks":[{{string.Join(',', items)}},{"Type":"Suite","Method":"Failed","Parameters":"","Statistics":null}]}""");
        return folder;
    }
}
