using System.Text.Json;

namespace AudioEmotionXai.Cli.Tests;

public sealed class ExplainCommandTests
{
    private TemporaryFolder _folder = null!;
    private string _model = "";
    private string _input = "";

    [SetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        _model = _folder.PathOf("tiny.onnx");
        TinyModels.Image().Save(_model);
        _input = _folder.PathOf("three.npy");
        NpyFile.Write(_input, TinyModels.ImageInput(3));
    }

    [TearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public void AnArrayHoldsWhatTheLibraryReturns()
    {
        string output = _folder.PathOf("map.npy");
        Assert.That(Explain("gradient", "--out", output).Code, Is.Zero);
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor expected = AttributionMethods.Create("gradient").Attribute(model, TinyModels.ImageInput(3)).Map;
        FloatTensor written = NpyFile.Read(output);
        Assert.That(written.Shape.ToArray(), Is.EqualTo([3, 1, TinyModels.Height, TinyModels.Width]));
        Assert.That(written.Span.ToArray(), Is.EqualTo(expected.Span.ToArray()).Within(1e-6f));
    }

    [Test]
    public void IndexTakesOneClipOfABatch()
    {
        Explain("gradient", "--out", _folder.PathOf("all.npy"));
        JsonElement json = Explain("gradient", "--index", "2", "--out", _folder.PathOf("one.npy"), "--json").Json;
        FloatTensor one = NpyFile.Read(_folder.PathOf("one.npy"));
        Assert.That(one.Shape[0], Is.EqualTo(1));
        Assert.That(one.Span.ToArray(), Is.EqualTo(NpyFile.Read(_folder.PathOf("all.npy")).Item(2).Span.ToArray()).Within(1e-6f));
        Assert.That(json.GetProperty("items")[0].GetProperty("item").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void JsonSaysWhereTheTimeUntilTheFirstMapWent()
    {
        JsonElement json = Explain("gradient", "--json").Json;
        double Seconds(string name) => json.GetProperty(name).GetDouble();
        Assert.That(Seconds("load_seconds"), Is.Positive);
        Assert.That(Seconds("compile_seconds"), Is.Positive.And.LessThanOrEqualTo(Seconds("elapsed_seconds")), "compiling is a part of explaining for the first time");
        Assert.That(Seconds("load_seconds") + Seconds("elapsed_seconds"), Is.LessThanOrEqualTo(Seconds("process_seconds")));
    }

    [TestCase("high", 2)]
    [TestCase("0", 0)]
    public void TheTargetIsALabelOrAnIndex(string target, int index)
    {
        JsonElement json = Explain("gradient", "--target", target, "--json").Json;
        Assert.That(json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("target").GetProperty("index").GetInt32()), Has.All.EqualTo(index));
    }

    [Test]
    public void JsonOnStandardOutputNamesMethodOptionsAndResult()
    {
        CliRun run = Explain("gradcam", "--set", "layer=layer2", "--set", "mode=raw", "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Json.GetProperty("method").GetString(), Does.StartWith("gradcam ").And.Contain("layer=layer2").And.Contain("mode=raw"));
        Assert.That(run.Json.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()), Is.EqualTo([3, 1, TinyModels.Height, TinyModels.Width]));
        JsonElement item = run.Json.GetProperty("items")[1];
        Assert.That(item.GetProperty("prediction").GetProperty("probabilities").EnumerateObject().Select(each => each.Name), Is.EqualTo(["low", "middle", "high"]));
        Assert.That(item.GetProperty("minimum").GetDouble(), Is.LessThanOrEqualTo(item.GetProperty("maximum").GetDouble()));
        Assert.That(item.TryGetProperty("map", out _), Is.False);
    }

    [Test]
    public void AJsonFileHoldsTheMapToo()
    {
        string output = _folder.PathOf("map.json");
        Assert.That(Explain("gradient", "--out", output).Code, Is.Zero);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(output));
        JsonElement item = json.RootElement.GetProperty("items")[0];
        JsonElement map = item.GetProperty("map");
        Assert.That(map.GetArrayLength(), Is.EqualTo(1));
        Assert.That(map[0].GetArrayLength(), Is.EqualTo(TinyModels.Height));
        Assert.That(map[0][0].GetArrayLength(), Is.EqualTo(TinyModels.Width));
        double sum = map[0].EnumerateArray().Sum(row => row.EnumerateArray().Sum(cell => cell.GetDouble()));
        Assert.That(sum, Is.EqualTo(item.GetProperty("sum").GetDouble()).Within(1e-4));
    }

    [TestCase("map.png", "\u0089PNG")]
    [TestCase("map.svg", "<svg")]
    public void APictureOfOneClipIsWritten(string name, string start)
    {
        CliRun run = Explain("gradcam", "--index", "0", "--out", _folder.PathOf(name));
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(File.ReadAllText(_folder.PathOf(name), System.Text.Encoding.Latin1), Does.Contain(start));
    }

    [Test]
    public void AFigureOfTheBundledModelHasAxesInSecondsAndHertz()
    {
        string output = _folder.PathOf("map.svg");
        Assert.That(CliRun.Of("explain", SampleFiles.Spectrograms, "--index", "0", "--method", "gradcam", "--out", output).Code, Is.Zero);
        Assert.That(File.ReadAllText(output), Does.Contain("kHz").Or.Contain("Hz"));
    }

    [TestCase("--out map.png", 2, "holds 3 clips")]
    [TestCase("--out map.gif", 2, "ends with .npy, .png, .svg, .json")]
    [TestCase("", 2, "--out FILE")]
    [TestCase("--json --index 3", 2, "--index is 3")]
    [TestCase("--json --index -1", 2, "--index is -1")]
    [TestCase("--json --target joy", 2, "the model")]
    [TestCase("--json --target 3", 2, "There is no class 3")]
    [TestCase("--json --set colour=red", 2, "has no option 'colour'")]
    [TestCase("--json --set layer", 2, "--set takes KEY=VALUE, not 'layer'")]
    [TestCase("--json --set layer=absent", 2, "there is no layer 'absent'")]
    public void WhatIsTypedWronglyIsSaidAndNothingIsWritten(string arguments, int code, string message)
    {
        string[] words = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.StartsWith("map.", StringComparison.Ordinal) ? _folder.PathOf(word) : word)];
        CliRun run = Explain("gradcam", words);
        Assert.That(run.Error, Does.Contain(message));
        Assert.That(run.Code, Is.EqualTo(code));
        Assert.That(run.Out, Is.Empty);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(_model)!), Has.Length.EqualTo(2));
    }

    [Test]
    public void ProgressAndWarningsGoToStandardErrorOnly()
    {
        TinyModels.Image(isConstant: true).Save(_model);
        CliRun run = Explain("gradient", "--json");
        Assert.That(run.Error, Does.Contain("gradient").And.Contain("warning: item 0: the map is zero everywhere"));
        Assert.That(run.Json.GetProperty("warnings").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public void ACompiledGraphGivesTheSameMapAsTheLibrary()
    {
        string graph = _folder.PathOf("explained.onnx");
        JsonElement json = CliRun.Of("compile", "--model", _model, "--method", "gradcam", "--out", graph, "--json").Json;
        Assert.That(json.GetProperty("inputs").EnumerateArray().Select(input => input.GetString()), Is.EqualTo(["spectrogram", "target_class"]));
        Assert.That(json.GetProperty("outputs").EnumerateArray().Select(output => output.GetString()), Is.EqualTo(["logits", "relevance"]));
        IReadOnlyDictionary<string, string> metadata = OnnxModel.Load(graph).Metadata;
        Assert.That(metadata["method"], Is.EqualTo(AttributionMethods.Create("gradcam").ToString()));
        Assert.That(metadata["source_sha256"], Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_model)))));
        Assert.That(metadata["library_version"], Is.Not.Empty);
    }

    [Test]
    public void AMethodOfManyPassesDoesNotCompileAndTheMessageSaysWhichDo()
    {
        CliRun run = CliRun.Of("compile", "--model", _model, "--method", "integrated-gradients", "--out", _folder.PathOf("explained.onnx"));
        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("gradcam"));
        Assert.That(File.Exists(_folder.PathOf("explained.onnx")), Is.False);
    }

    private CliRun Explain(string method, params string[] rest) => CliRun.Of(["explain", _input, "--model", _model, "--method", method, .. rest]);
}
