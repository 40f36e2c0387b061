using AudioEmotionXai.Protobuf;
using Google.Protobuf;

namespace AudioEmotionXai.Cli.Tests;

/// <summary>No command replaces what it reads, or what it did not write, unless it is told to.</summary>
public sealed class OutputGuardTests
{
    private TemporaryFolder _folder = null!;
    private string _model = "";
    private string _wav = "";

    [SetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        _model = _folder.PathOf("band.onnx");
        BandModel.Graph().Save(_model);
        _wav = _folder.PathOf("call.wav");
        WavWriter.Write(_wav, BandModel.Clip());
        TinyModels.Image().Save(_folder.PathOf("tiny.onnx"));
        NpyFile.Write(_folder.PathOf("six.npy"), TinyModels.ImageInput(6));
        NpyFile.Write(_folder.PathOf("segments.npy"), NpyArray.From(new int[] { 0, 1 }, 1, 2));
        _folder.Write("labels.json", """["a", "b"]""");
        _folder.Write("front.onnx", "{}");
        _folder.Write("weights.onnx", "a checkpoint by an odd name");
    }

    [TearDown]
    public void RemoveFiles() => _folder.Dispose();

    [TestCase("explain six.npy --model tiny.onnx --method gradient --out six.npy", "six.npy")]
    [TestCase("explain six.npy --model tiny.onnx --method gradient --out ./nowhere/../six.npy", "six.npy")]
    [TestCase("explain six.npy --model tiny.onnx --method lime --set segments=segments.npy --out segments.npy", "segments.npy")]
    [TestCase("compile --model tiny.onnx --method gradient --out tiny.onnx", "tiny.onnx")]
    [TestCase("export weights.onnx --labels labels.json --out weights.onnx", "weights.onnx")]
    [TestCase("export weights.onnx --labels front.onnx --out front.onnx", "front.onnx")]
    [TestCase("export weights.onnx --labels labels.json --front-end front.onnx --out front.onnx", "front.onnx")]
    public void AFileThatIsReadIsNotReplaced(string command, string file)
    {
        byte[] before = File.ReadAllBytes(_folder.PathOf(file));
        CliRun run = Run(command);
        Assert.That((run.Code, run.Out), Is.EqualTo((2, "")), run.Error);
        Assert.That(run.Error, Does.Contain("which this command reads").And.Contain(file).And.Contain("--force"));
        Assert.That(File.ReadAllBytes(_folder.PathOf(file)), Is.EqualTo(before));
    }

    [TestCase("compile --model outside.onnx --method gradient --out weights.onnx", "weights.onnx")]
    [TestCase("explain six.npy --model outside.onnx --method gradient --out weights.npy", "weights.npy")]
    [TestCase("mel call.wav --model outside.onnx --out weights.npy", "weights.npy")]
    [TestCase("verify six.npy --model outside.onnx --methods gradient --metrics 0 --sanity 0 --out .", "results.csv")]
    [TestCase("report six.npy --model outside.onnx --methods gradient --out .", "figures/weights.bin")]
    [TestCase("listen call.wav --model outside.onnx --method gradient --out .", "clip.wav")]
    [TestCase("timeline call.wav --model outside.onnx --method gradient --out .", "timeline.csv")]
    public void AFileWithTheModelsWeightsIsNotReplaced(string command, string file)
    {
        bool hears = command.Contains("call.wav", StringComparison.Ordinal);
        KeepWeightsIn(file, hears ? BandModel.Graph() : TinyModels.Image());
        foreach (string mark in new[] { "summary.json", "listen.json", "timeline.json" })
            _folder.Write(mark, "{}"); // such a command wrote here before: what is left is the weights
        byte[] before = File.ReadAllBytes(_folder.PathOf(file));
        CliRun run = Run(command);
        Assert.That((run.Code, run.Out), Is.EqualTo((2, "")), run.Error);
        Assert.That(run.Error, Does.Contain("which this command reads").And.Contain(Path.GetFileName(file)).And.Contain("--force"));
        Assert.That(File.ReadAllBytes(_folder.PathOf(file)), Is.EqualTo(before));
    }

    [Test]
    public void LinksAreFollowedFromEitherSide()
    {
        string input = _folder.PathOf("six.npy"), link = _folder.PathOf("link.npy"), folder = _folder.PathOf("elsewhere");
        File.CreateSymbolicLink(link, input);
        Directory.CreateSymbolicLink(folder, Path.GetDirectoryName(input)!);
        foreach ((string from, string to) in new[] { (input, link), (link, input), (input, Path.Combine(folder, "six.npy")), (Path.Combine(folder, "link.npy"), input) })
            Assert.That(CliRun.Of("explain", from, "--model", _folder.PathOf("tiny.onnx"), "--method", "gradient", "--out", to).Code, Is.EqualTo(2), $"{from} to {to}");
    }

    [Test]
    public void NamesThatDifferInCaseAreOneFileWhereTheFolderHoldsOneOfThem()
    {
        string first = _folder.Write("Same.npy", "x"), second = _folder.PathOf("same.npy");
        bool isCaseBlind = File.Exists(second);
        Assert.That(RealPath.AreOne(first, second), Is.EqualTo(isCaseBlind));
        _folder.Write("same.npy", "y");
        Assert.That(RealPath.AreOne(first, second), Is.EqualTo(isCaseBlind), "two files, where case counts");
    }

    [Test]
    public void ForceReplacesWhatIsRead()
    {
        CliRun run = Run("explain six.npy --model tiny.onnx --method gradient --out six.npy --force");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(NpyFile.Read(_folder.PathOf("six.npy")).Span[0], Is.Not.EqualTo(TinyModels.ImageInput(6).Span[0]));
    }

    [Test]
    public void ARecordingInTheFolderOfItsSoundsIsNotReplaced()
    {
        string clip = _folder.PathOf("clip.wav");
        File.Move(_wav, clip);
        byte[] before = File.ReadAllBytes(clip);
        CliRun run = CliRun.Of("listen", clip, "--model", _model, "--method", "gradient", "--out", _folder.PathOf("."));
        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("clip.wav, which this command reads"));
        Assert.That(File.ReadAllBytes(clip), Is.EqualTo(before));
    }

    [TestCase("listen", "clip.wav", "listen.json")]
    [TestCase("timeline", "timeline.svg", "timeline.json")]
    [TestCase("verify", "index.html", "summary.json")]
    [TestCase("report", "results.csv", "summary.json")]
    public void WhatNoSuchCommandWroteIsNotReplacedAndWhatItWroteIs(string command, string file, string mark)
    {
        string[] arguments = command is "listen" or "timeline"
            ? [command, _wav, "--model", _model, "--method", "gradient", "--out", _folder.PathOf("mine")]
            : [command, _folder.PathOf("six.npy"), "--model", _folder.PathOf("tiny.onnx"), "--methods", "gradient", "--metrics", "0", "--sanity", "0", "--out", _folder.PathOf("mine")];
        string precious = _folder.PathOf(Path.Combine("mine", file));
        Directory.CreateDirectory(_folder.PathOf("mine"));
        File.WriteAllText(precious, "precious");
        CliRun refused = CliRun.Of(arguments);
        Assert.That(refused.Code, Is.EqualTo(2), refused.Error);
        Assert.That(refused.Error, Does.Contain($"which no 'aexai {command}' wrote").And.Contain(file));
        Assert.That(File.ReadAllText(precious), Is.EqualTo("precious"));
        Assert.That(Directory.GetFileSystemEntries(_folder.PathOf("mine")), Has.Length.EqualTo(1));

        Assert.That(CliRun.Of([.. arguments, "--force"]).Code, Is.Zero);
        Assert.That(File.Exists(_folder.PathOf(Path.Combine("mine", mark))), "written");
        CliRun again = CliRun.Of(arguments);
        Assert.That(again.Code, Is.Zero, $"its own folder may be written to again\n{again.Error}");
    }

    [Test]
    public void AReportDoesNotRemoveWhatAVerificationMeasured()
    {
        string folder = _folder.PathOf("results");
        string[] common = [_folder.PathOf("six.npy"), "--model", _folder.PathOf("tiny.onnx"), "--out", folder];
        Assert.That(CliRun.Of(["verify", .. common, "--methods", "gradient", "--metrics", "0", "--sanity", "0", "--batch", "2"]).Code, Is.Zero);
        string[] parts = Directory.GetFiles(Path.Combine(folder, "parts"));
        CliRun refused = CliRun.Of(["report", .. common, "--methods", "gradcam"]);
        Assert.That(refused.Code, Is.EqualTo(2), refused.Error);
        Assert.That(refused.Error, Does.Contain("'aexai verify' measured").And.Contain("--force"));
        Assert.That(Directory.GetFiles(Path.Combine(folder, "parts")), Is.EquivalentTo(parts));

        Assert.That(CliRun.Of(["report", .. common, "--methods", "gradcam", "--force"]).Code, Is.Zero);
        CliRun other = CliRun.Of(["report", .. common, "--methods", "gradient"]);
        Assert.That(other.Code, Is.Zero, $"a report replaces a report\n{other.Error}");
    }

    [Test]
    public void AMapThatAReportWroteIsNotReplacedByTheReportThatReadsIt()
    {
        string[] common = ["--model", _folder.PathOf("tiny.onnx"), "--methods", "gradient", "--out", _folder.PathOf("out")];
        Assert.That(CliRun.Of(["report", _folder.PathOf("six.npy"), .. common]).Code, Is.Zero);
        string map = Directory.GetFiles(_folder.PathOf("out/maps"), "*.npy")[0];
        CliRun run = CliRun.Of(["report", map, .. common]);
        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("which this command reads"));
    }

    /// <summary>Writes outside.onnx, whose first convolution's weights lie in another file.</summary>
    private void KeepWeightsIn(string file, OnnxModel model)
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(model.ToBytes());
        TensorProto weight = proto.Graph.Initializer.First(tensor => tensor.RawData.Length > 0 && tensor.DataType == (int)OnnxElementType.Float);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(file))!);
        File.WriteAllBytes(_folder.PathOf(file), weight.RawData.ToByteArray());
        weight.ClearRawData();
        weight.DataLocation = TensorProto.Types.DataLocation.External;
        weight.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = file });
        File.WriteAllBytes(_folder.PathOf("outside.onnx"), proto.ToByteArray());
    }

    private CliRun Run(string command) =>
        CliRun.Of([.. command.Split(' ').Select(word =>
            word.StartsWith("segments=", StringComparison.Ordinal) ? $"segments={_folder.PathOf(word[9..])}"
            : word.Contains(".npy", StringComparison.Ordinal) || word.Contains(".onnx", StringComparison.Ordinal) || word.Contains(".json", StringComparison.Ordinal) || word is "." or "call.wav" ? _folder.PathOf(word)
            : word)]);
}
