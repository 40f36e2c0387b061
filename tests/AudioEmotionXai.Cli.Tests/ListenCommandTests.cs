namespace AudioEmotionXai.Cli.Tests;

public sealed class ListenCommandTests
{
    private static readonly string[] s_files =
        ["clip.wav", "figure.svg", "important.wav", "index.html", "labels.txt", "labels.vtt", "listen.json", "without-important.wav", "without-random.wav"];

    private TemporaryFolder _folder = null!;
    private string _model = "";
    private string _input = "";

    [SetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        _model = _folder.PathOf("band.onnx");
        BandModel.Graph().Save(_model);
        _input = _folder.PathOf("call.wav");
        WavWriter.Write(_input, BandModel.Clip());
        _folder.Write("text.wav", "not a recording");
        WavWriter.Write(_folder.PathOf("empty.wav"), new AudioClip(Array.Empty<float>(), 8000));
        TinyModels.Image().Save(_folder.PathOf("deaf.onnx"));
    }

    [TearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public void TheFolderHoldsSoundsLabelsNumbersFigureAndPage()
    {
        CliRun run = Listen();
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Does.Contain("Without the important part").And.Contain("The explanation survives its round trip"));
        Assert.That(Directory.GetFiles(_folder.PathOf("out")).Select(Path.GetFileName).Order(), Is.EqualTo(s_files));
        Assert.That(WavReader.Read(_folder.PathOf("out/clip.wav")).Samples.ToArray(), Is.EqualTo(WavReader.Read(_input).Samples.ToArray()), "level kept, to the last bit");
        foreach (string line in File.ReadAllLines(_folder.PathOf("out/labels.txt")))
            Assert.That(line.Split('\t'), Has.Length.EqualTo(3));
        Assert.That(File.ReadAllText(_folder.PathOf("out/labels.vtt")), Does.StartWith("WEBVTT\n\n1\n00:00:00."));
    }

    [Test]
    public void JsonIsTheFoldersFileAndOptionsAreInIt()
    {
        CliRun run = Listen("--fraction", "0.15", "--smoothing", "1", "--attenuation", "30", "--draws", "3", "--target", "rest", "--set", "score=probability", "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Is.EqualTo(File.ReadAllText(_folder.PathOf("out/listen.json"))));
        Assert.That(run.Json.GetProperty("target").GetProperty("label").GetString(), Is.EqualTo("rest"));
        Assert.That(run.Json.GetProperty("options").GetProperty("attenuation_decibels").GetDouble(), Is.EqualTo(30));
        Assert.That(run.Json.GetProperty("round_trip").GetProperty("without_random").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public void TheSameCommandWritesTheSameBytes()
    {
        Listen();
        Dictionary<string, byte[]> first = Directory.GetFiles(_folder.PathOf("out")).ToDictionary(file => file, File.ReadAllBytes);
        Listen();
        foreach ((string file, byte[] bytes) in first)
            Assert.That(File.ReadAllBytes(file), Is.EqualTo(bytes), file);
    }

    [TestCase("--fraction 0", 2, "--fraction is 0; expected: above 0 and below 1")]
    [TestCase("--fraction x", 2, "--fraction")]
    [TestCase("--draws 0", 2, "--draws is 0; expected: 1 to 1000")]
    [TestCase("--target joy", 2, "joy")]
    [TestCase("--set colour=red", 2, "has no option 'colour'")]
    [TestCase("--out call.wav", 2, "call.wav' is a file")]
    [TestCase("INPUT=three.npy", 2, "three.npy': a spectrogram cannot be heard")]
    [TestCase("INPUT=absent.wav", 3, "absent.wav")]
    [TestCase("INPUT=text.wav", 3, "text.wav")]
    [TestCase("INPUT=empty.wav", 3, "empty.wav: chunk 'data' holds no sample")]
    [TestCase("--model deaf.onnx", 3, "deaf")]
    public void WhatDoesNotFitIsSaidAndNothingIsWritten(string arguments, int code, string message)
    {
        string[] words = [.. arguments.Split(' ').Select(word => word.EndsWith(".wav", StringComparison.Ordinal) || word.EndsWith(".onnx", StringComparison.Ordinal) ? InFolder(word) : word)];
        string input = words[0].StartsWith("INPUT=", StringComparison.Ordinal) ? words[0][6..] : _input;
        string[] rest = words[0].StartsWith("INPUT=", StringComparison.Ordinal) ? [] : words;
        string[] model = rest.Contains("--model") ? [] : ["--model", _model], output = rest.Contains("--out") ? [] : ["--out", _folder.PathOf("out")];
        CliRun run = CliRun.Of(["listen", input, "--method", "gradient", .. model, .. output, .. rest]);
        Assert.That(run.Error, Does.Contain(message));
        Assert.That(run.Code, Is.EqualTo(code));
        Assert.That(run.Out, Is.Empty);
        Assert.That(Directory.Exists(_folder.PathOf("out")), Is.False);
    }

    [Test]
    public void ACancelledRunWritesNothing()
    {
        Assert.That(CliRun.Of(new CancellationToken(canceled: true), "listen", _input, "--model", _model, "--method", "gradient", "--out", _folder.PathOf("out")).Code, Is.EqualTo(130));
        Assert.That(Directory.Exists(_folder.PathOf("out")), Is.False);
    }

    [Test]
    public void AReportOfRecordingsPlaysThemUnderEveryMethod()
    {
        CliRun run = CliRun.Of("report", _input, "--model", _model, "--methods", "gradient,saliency", "--out", _folder.PathOf("report"));
        Assert.That(run.Code, Is.Zero, run.Error);
        string page = File.ReadAllText(_folder.PathOf("report/index.html"));
        Assert.That(page, Does.Contain("class=\"takes\" data-map=\"0\"").And.Contain("class=\"takes\" data-map=\"1\" hidden"));
        Assert.That(page, Does.Contain("class Player"));
    }

    private string InFolder(string word) => word.StartsWith("INPUT=", StringComparison.Ordinal) ? "INPUT=" + _folder.PathOf(word[6..]) : _folder.PathOf(word);

    private CliRun Listen(params string[] rest) =>
        CliRun.Of(["listen", _input, "--model", _model, "--method", "gradient", "--out", _folder.PathOf("out"), .. rest]);
}
