namespace AudioEmotionXai.Cli.Tests;

/// <summary>Every command on a model that takes samples: the band model with its front end in the graph.</summary>
public sealed class SamplesModelTests
{
    private TemporaryFolder _folder = null!;
    private string _model = "";
    private string _input = "";

    [SetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        (_model, _input) = (_folder.PathOf("hears.onnx"), _folder.PathOf("call.wav"));
        OnnxModel spectrograms = BandModel.Graph();
        Assert.That(FrontEndContract.TryRead(spectrograms, out FrontEndContract? contract));
        WaveformModel.Join(spectrograms, contract!).Save(_model);
        WavWriter.Write(_input, BandModel.Clip());
    }

    [TearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public void ListenPlaysTheImportantPart()
    {
        CliRun run = Run("listen", _input, "--method", "lrp", "--set", "rules=epsilon", "--fraction", "0.1");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Does.Contain("The explanation survives its round trip"));
        Assert.That(File.Exists(_folder.PathOf("out/important.wav")));
    }

    [TestCase("lrp")]
    [TestCase("saliency")]
    public void TimelineFollowsARecording(string method)
    {
        string wav = _folder.PathOf("long.wav");
        WavWriter.Write(wav, BandModel.Clip(seconds: 2.5));
        CliRun run = Run("timeline", wav, "--method", method, "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Json.GetProperty("windows").GetArrayLength(), Is.EqualTo(4));
    }

    [Test]
    public void VerifyMasksStretchesOfTime()
    {
        CliRun run = Run("verify", _input, "--methods", "lrp,saliency", "--metrics", "1", "--sanity", "1", "--sanity-networks", "3");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(File.ReadAllText(_folder.PathOf("out/results.csv")), Does.Contain("lrp").And.Contain("saliency"));
    }

    [Test]
    public void AReportDrawsMelCellsAndPlaysThem()
    {
        CliRun run = Run("report", _input, "--methods", "lrp,saliency");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(File.ReadAllText(_folder.PathOf("out/index.html")), Does.Contain("class=\"takes\" data-map=\"1\" hidden"));
        Assert.That(Directory.GetFiles(_folder.PathOf("out/maps"), "*.png"), Has.Length.EqualTo(2));
    }

    [Test]
    public void TheBundledSpectrogramsAreRefusedWithWhatToDo()
    {
        CliRun run = Run("verify");
        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("give recordings (.wav) as INPUT"));
    }

    private CliRun Run(params string[] words) => CliRun.Of([.. words, "--model", _model, "--out", _folder.PathOf("out")]);
}
