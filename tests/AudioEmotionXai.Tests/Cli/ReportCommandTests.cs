using System.Text.Json;
using AudioEmotionXai.Primitives;
using AudioEmotionXai.Tests.Oracles;

namespace AudioEmotionXai.Tests.Cli;

/// <summary>report and verify on a tiny model: folders, what is said, and what is refused.</summary>
public sealed class ReportCommandTests
{
    private TemporaryFolder _folder = null!;
    private string _model = "";
    private string _input = "";
    private string _labels = "";

    [SetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        _model = _folder.PathOf("tiny.onnx");
        TinyModels.Image().Save(_model);
        _input = _folder.PathOf("six.npy");
        NpyFile.Write(_input, TinyModels.ImageInput(6));
        _labels = _folder.PathOf("labels.npy");
        NpyFile.Write(_labels, NpyArray.From(new long[] { 0, 1, 2, 0, 1, 2 }, 6));
    }

    [TearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public void AReportHasAPageAFigureTablesAndMaps()
    {
        CliRun run = Run("report", "--labels", _labels, "--per-class", "1", "--methods", "gradient,gradcam");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Does.Contain("3 clips").And.Contain("gradient, gradcam"));
        Assert.That(run.Error, Does.Contain("index.html").And.Contain("figures: 3 of 3"));
        foreach (string file in new[] { "index.html", "comparison.svg", "results.csv", "summary.json" })
            Assert.That(File.Exists(Path.Combine(_folder.PathOf("out"), file)), file);
        Assert.That(Directory.GetFiles(_folder.PathOf("out/maps"), "*.npy"), Has.Length.EqualTo(6));
        Assert.That(Directory.GetFiles(_folder.PathOf("out/maps"), "*.png"), Has.Length.EqualTo(6));
    }

    [Test]
    public void JsonIsTheSummaryOfTheFolder()
    {
        CliRun run = Run("verify", "--protocol", "notebook", "--metrics", "1", "--methods", "gradcam layer=layer2", "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Is.EqualTo(File.ReadAllText(_folder.PathOf("out/summary.json"))));
        Assert.That(run.Json.ValueKind, Is.EqualTo(JsonValueKind.Object));
    }

    [TestCase("--labels LABELS --per-class 0", 2, "--per-class is 0")]
    [TestCase("--per-class 1", 2, "give --labels")]
    [TestCase("--metrics -1", 2, "--metrics is -1; expected 0 or more")]
    [TestCase("--methods guess", 2, "There is no method 'guess'")]
    [TestCase("--labels six.npy", 3, "six.npy: the array holds <f4")]
    [TestCase("--labels two.npy", 3, "two.npy: holds 2 labels for 6 clips")]
    public void WhatDoesNotFitIsSaid(string arguments, int code, string message)
    {
        string two = _folder.PathOf("two.npy");
        NpyFile.Write(two, NpyArray.From(new long[] { 0, 1 }, 2));
        string[] words = [.. arguments.Split(' ').Select(word => word == "LABELS" ? _labels : word == "six.npy" ? _input : word == "two.npy" ? two : word)];
        CliRun run = Run("report", words);
        Assert.That(run.Code, Is.EqualTo(code), run.Error);
        Assert.That(run.Error, Does.Contain(message));
        Assert.That(File.Exists(_folder.PathOf("out/index.html")), Is.False);
    }

    [TestCase("0/2")]
    [TestCase("half")]
    public void AShardThatIsNoneIsWrongUsage(string shard)
    {
        CliRun run = Run("verify", "--shard", shard);
        Assert.That(run.Code, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Does.Contain($"'{shard}'"));
    }

    [Test]
    public void LabelsWithoutAnInputAreWrongUsage() =>
        Assert.That(CliRun.Of("report", "--labels", _labels, "--methods", "gradient", "--out", _folder.PathOf("out")).Code, Is.EqualTo(2));

    private CliRun Run(string command, params string[] rest) =>
        CliRun.Of([command, _input, "--model", _model, "--out", _folder.PathOf("out"), .. rest.Contains("--methods") ? [] : new[] { "--methods", "gradient" }, .. rest]);
}
