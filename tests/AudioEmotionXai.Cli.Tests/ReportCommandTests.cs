using System.Text.Json;

namespace AudioEmotionXai.Cli.Tests;

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
    public void TheControlledProtocolIsAsAskedFor()
    {
        CliRun run = Run("verify", "--fractions", "0.25,0.5", "--fills", "mean,Blur", "--fills-per-clip", "1", "--draws", "3", "--signed", "evidence", "--metrics", "0", "--sanity", "0", "--batch", "4", "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        NpzFile drops = NpzFile.Read(_folder.PathOf("out/drops.npz"));
        Assert.That(drops["shape_matched"].Shape.ToArray(), Is.EqualTo(new[] { 6, 2, 3, 2, 2 }), "clips, method and loudness, draws, shares, fills");
        Assert.That(drops["scattered"].ToFloats().Count(float.IsNaN), Is.EqualTo(6 * 3 * 2), "every clip has one of two fills");
        Assert.That(Directory.GetFiles(_folder.PathOf("out/parts"), "*.npz"), Has.Length.EqualTo(2));
    }

    [TestCase("groups.csv", 3)]
    [TestCase(@"\[([0-9])", 6)]
    public void GroupsComeFromATableOrFromTheNames(string groups, int units)
    {
        string table = _folder.PathOf("groups.csv");
        File.WriteAllText(table, "clip,group\n0,a\n1,a\nsix.npy[2],b\n3,b\n4,c\n5,c\n");
        CliRun run = Quick("--groups", groups == "groups.csv" ? table : groups, "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        JsonElement controlled = run.Json.GetProperty("controlled");
        Assert.That((controlled.GetProperty("unit").GetString(), controlled.GetProperty("units").GetInt32()), Is.EqualTo(("groups", units)));
    }

    [TestCase("^([A-Z])", 2, "finds no group in the clip's name 'six.npy[0]'")]
    [TestCase("(", 2, "'(' is neither a .csv file nor a pattern")]
    [TestCase("short.csv", 3, "no group for clip 1, six.npy[1]")]
    [TestCase("double.csv", 3, "line 3: 0 has two groups")]
    [TestCase("empty.csv", 3, "line 2: '0,' has no group")]
    public void GroupsThatDoNotFitAreRefused(string groups, int code, string message)
    {
        File.WriteAllText(_folder.PathOf("short.csv"), "0,a\n");
        File.WriteAllText(_folder.PathOf("double.csv"), "clip,group\n0,a\n0,b\n");
        File.WriteAllText(_folder.PathOf("empty.csv"), "clip,group\n0,\n");
        CliRun run = Quick("--groups", groups.EndsWith(".csv", StringComparison.Ordinal) ? _folder.PathOf(groups) : groups);
        Assert.That(run.Code, Is.EqualTo(code), run.Error);
        Assert.That(run.Error, Does.Contain(message));
    }

    [Test]
    public void MapsOfAFileAreARowOfTheTables()
    {
        NpyFile.Write(_folder.PathOf("theirs.npy"), new FloatTensor(6, TinyModels.Height, TinyModels.Width));
        CliRun run = Quick("--maps", _folder.PathOf("theirs.npy"), "--maps", "positive=" + _input, "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        JsonElement[] methods = [.. run.Json.GetProperty("methods").EnumerateArray()];
        Assert.That(
            methods.Select(method => $"{method.GetProperty("name")} {method.GetProperty("map")}"),
            Is.EqualTo(new[] { "gradient signed", "theirs signed", "six positive" }));
        Assert.That(Quick("--maps", _labels).Error, Does.Contain("labels: the maps have the shape"));
    }

    [TestCase("--fractions 0.1,half", "'half'")]
    [TestCase("--fractions 1.5", "--fractions is 1.5; expected: above 0 and below 1")]
    [TestCase("--fills mean,grey", "'grey'")]
    [TestCase("--fills 1", "'1'")]
    [TestCase("--draws 0", "--draws is 0")]
    [TestCase("--fills mean --fills-per-clip 2", "--fills-per-clip is 2")]
    [TestCase("--signed both", "both")]
    [TestCase("--batch 0", "--batch")]
    public void AProtocolThatCannotBeIsWrongUsage(string arguments, string message)
    {
        CliRun run = Run("verify", arguments.Split(' '));
        Assert.That(run.Code, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Does.Contain(message));
    }

    [Test]
    public void LabelsWithoutAnInputAreWrongUsage() =>
        Assert.That(CliRun.Of("report", "--labels", _labels, "--methods", "gradient", "--out", _folder.PathOf("out")).Code, Is.EqualTo(2));

    private CliRun Quick(params string[] rest) =>
        Run("verify", ["--protocol", "controlled", "--fractions", "0.2", "--fills", "mean", "--draws", "1", "--metrics", "0", "--sanity", "0", .. rest]);

    private CliRun Run(string command, params string[] rest) =>
        CliRun.Of([command, _input, "--model", _model, "--out", _folder.PathOf("out"), .. rest.Contains("--methods") ? [] : new[] { "--methods", "gradient" }, .. rest]);
}
