namespace AudioEmotionXai.Cli.Tests;

/// <summary>A model whose answer to a clip is no number: every command says so, and goes on with the other clips where there are
/// some.</summary>
public sealed class NotFiniteAnswerTests
{
    private const string Words = "the model's answer is not finite";
    private TemporaryFolder _folder = null!;
    private string _model = "";
    private string _silent = "";
    private string _call = "";

    [OneTimeSetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        _model = _folder.PathOf("selfnorm.onnx");
        Graph().Save(_model);
        _silent = _folder.PathOf("silent.wav");
        _call = _folder.PathOf("call.wav");
        WavWriter.Write(_silent, new AudioClip(new float[8000], 8000));
        WavWriter.Write(_call, BandModel.Clip());
    }

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [TestCase("predict")]
    [TestCase("predict --json")]
    [TestCase("explain --method occlusion --out map.npy")]
    [TestCase("explain --method silence --json")]
    [TestCase("explain --method lime --set samples=20 --json")]
    [TestCase("listen --method occlusion --out heard")]
    [TestCase("timeline --method occlusion --out followed")]
    [TestCase("report --methods occlusion --out page")]
    [TestCase("verify --methods occlusion --metrics 1 --sanity 1 --out measured")]
    [TestCase("verify --protocol notebook --methods silence --metrics 0 --sanity 0 --out noted")]
    public void EveryCommandSaysSo(string command)
    {
        string[] words = command.Split(' ');
        CliRun run = Run(words[0], [_silent], words[1..]);
        Assert.That((run.Code, run.Out), Is.EqualTo((3, "")), run.Error);
        Assert.That(run.Error, Does.Contain(Words));
        if (words[0] != "timeline")
            Assert.That(run.Error.Split('\n').Single(line => line.Contains(Words, StringComparison.Ordinal)), Does.Contain("silent.wav"));
    }

    [TestCase("report")]
    [TestCase("verify")]
    public void AmongOthersItIsNamedAndLeftOut(string command)
    {
        string folder = $"{command}-of-two";
        CliRun run = Run(command, [_silent, _call], ["--methods", "silence", "--metrics", "0", "--sanity", "0", "--out", folder]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Does.StartWith("1 clips").And.Contain($"left out: silent.wav, {Words}"));
        Assert.That(File.ReadAllText(_folder.PathOf($"{folder}/index.html")), Does.Contain("silent.wav is left out of all tables"));
    }

    private CliRun Run(string command, string[] inputs, string[] options) =>
        CliRun.Of([command, .. inputs, "--model", _model, .. options.Select((word, i) => i > 0 && options[i - 1] == "--out" ? _folder.PathOf(word) : word)]);

    /// <summary>Divides by the clip's own range: where all cells are alike, 0/0.</summary>
    private static OnnxModel Graph()
    {
        OnnxModel divides = BandModel.Body("selfnorm", "two");
        foreach (string kind in new[] { "ReduceMax", "ReduceMin" })
            divides.Add(new OnnxNode(kind, kind, ["spectrogram"], [kind]).Set("axes", 2L, 3L).Set("keepdims", 0L));
        divides.Add(new OnnxNode("Sub", "range", ["ReduceMax", "ReduceMin"], ["range"]));
        divides.Add(new OnnxNode("Div", "one", ["range", "range"], ["one"]));
        divides.Add(new OnnxNode("Mul", "times", ["two", "one"], ["logits"]));
        divides.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        new FrontEndContract(BandModel.FrontEnd, -20, 10, ["call", "rest"]).WriteTo(divides);
        return divides;
    }
}
