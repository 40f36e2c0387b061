using System.Runtime.InteropServices;

namespace AudioEmotionXai.Cli.Tests;

/// <summary>Exit codes and messages, case by case: the right number, which option or file, and nothing of the inside of the tool.</summary>
public sealed class MessageTests
{
    private static readonly string[] s_table =
    [
        // code | command | what the message has to say, between /
        "2 | predict six.npy --jsno | There is no option '--jsno'; did you mean '--json'?",
        "2 | report six.npy --lables labels.npy | There is no option '--lables'; did you mean '--labels'?",
        "2 | explain six.npy --method gradient --otu x.npy | There is no option '--otu'; did you mean '--out'?",
        "2 | explain six.npy --method gradient --set --jsno --out x.npy | There is no option '--jsno'; did you mean '--json'?",
        "2 | predict -x | There is no option '-x'",
        "3 | predict -- -x.npy | -x.npy",
        "2 | expalin six.npy | There is no command 'expalin'; did you mean 'explain'?",
        "2 | hear six.npy | There is no command 'hear'.",
        "2 | inspect six.npy seven.npy | seven.npy' is one word too many for aexai inspect",
        "2 | explain six.npy --method gradcan --out x.npy | There is no method 'gradcan'; did you mean 'gradcam'? / The methods are ",
        "2 | explain six.npy --method lrp --set rule=epsilon --out x.npy | The method 'lrp' has no option 'rule'; did you mean 'rules'? / Its options are ",
        "2 | explain six.npy --method guess --out x.npy | There is no method 'guess'. The methods are ",
        "2 | report six.npy --methods gradcan | There is no method 'gradcan'; did you mean 'gradcam'?",
        "2 | report six.npy --methods EMPTY | --methods is an empty text",
        "2 | report six.npy --methods , | --methods names no method",
        "2 | predict EMPTY | INPUT is an empty text",
        "2 | predict six.npy --model EMPTY | --model is an empty text",
        "2 | predict six.npy --threads 2147483647 | --threads is 2147483647; expected: 0 (one per core) to 256",
        "2 | predict six.npy --threads 257 | --threads is 257; expected: 0 (one per core) to 256",
        "2 | predict six.npy --threads 99999999999999999999 | --threads is 99999999999999999999; expected: 0 (one per core) to 256",
        "2 | explain six.npy --method lrp --set rules=epsilon-gamma-box --set low=5 --set high=1 --out x.npy | low is 5 and high is 1",
        "2 | explain six.npy --method lrp --set where=Conv:zbox --set low=5 --set high=1 --out x.npy | low is 5 and high is 1",
        "2 | explain six.npy --method lrp --set rules=alpha-beta --set alpha=1 --set beta=2 --out x.npy | alpha is 1 and beta 2",
        "2 | explain six.npy --method occlusion --set window=2x2 --set stride=3x3 --out x.npy | stride",
        "2 | verify six.npy --shard 3/2 --out out | shard",
        "2 | listen call.wav --method gradient --fraction 2 --out out | --fraction is 2; expected",
        "2 | listen call.wav --method gradient --smoothing -1 --out out | --smoothing is -1; expected",
        "2 | listen call.wav --method gradient --attenuation -6 --out out | --attenuation is -6; expected",
        "2 | timeline call.wav --method gradient --hop 0 --out out | --hop",
        "2 | timeline call.wav --method gradient --batch 0 --out out | --batch",
        "2 | verify six.npy --fractions 1.5 --out out | --fractions is 1.5; expected",
        "2 | verify six.npy --draws 0 --out out | --draws is 0",
        "2 | verify six.npy --fills mean --fills-per-clip 2 --out out | --fills-per-clip is 2",
        "2 | verify six.npy --batch 0 --out out | --batch",
        "3 | predict @six.npy | @six.npy",
        "3 | predict missing.npy | missing.npy",
        "3 | listen infinite.wav --method gradient --out out | infinite.wav: chunk 'data': sample 1 is Infinity",
        "3 | listen loud.wav --method gradient --out out | loud.wav: Sample / is / Infinity; expected a finite number",
        "3 | export noise.pt --labels empty.json --out x.onnx | empty.json",
        "3 | export noise.pt --labels marked.json --out x.onnx | noise.pt",
        "3 | export noise.pt --labels words.npy --out x.onnx | noise.pt",
    ];

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        BandModel.Graph().Save(_folder.PathOf("band.onnx"));
        TinyModels.Image().Save(_folder.PathOf("tiny.onnx"));
        WavWriter.Write(_folder.PathOf("call.wav"), BandModel.Clip());
        NpyFile.Write(_folder.PathOf("six.npy"), TinyModels.ImageInput(6));
        NpyFile.Write(_folder.PathOf("words.npy"), NpyArray.From(["anger", "fear"]));
        _folder.Write("noise.pt", "no checkpoint");
        _folder.Write("empty.json", "");
        _folder.Write("marked.json", "\uFEFF[\"a\", \"b\"]");
        WriteFloats("infinite.wav", [0, float.PositiveInfinity, 0], 8000);
        WriteFloats("loud.wav", [.. Enumerable.Range(0, 12000).Select(i => i % 6 < 3 ? float.MaxValue : float.MinValue)], 12000);
    }

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [TestCaseSource(nameof(s_table))]
    public void TheMessageSaysWhatAndTheCodeSaysWhose(string line)
    {
        string[] cells = [.. line.Split('|').Select(cell => cell.Trim())];
        string[] words = [.. cells[1].Split(' ').Select(Word)];
        if (words[0] is not "export" && !words.Contains("--model"))
            words = [.. words, "--model", _folder.PathOf(words[0] is "listen" or "timeline" ? "band.onnx" : "tiny.onnx")];
        // After -- everything is an INPUT, so options stand before it
        if (Array.IndexOf(words, "--") is > 0 and int dashes)
            words = [words[0], .. words[^2..], .. words[dashes..^2]];
        CliRun run = CliRun.Of(words);
        Assert.That(run.Code.ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(cells[0]), run.Error);
        Assert.That(run.Out, Is.Empty);
        foreach (string expected in cells[2].Split(" / "))
            Assert.That(run.Error, Does.Contain(expected.Trim()));
        Assert.That(run.Error, Does.Not.Contain("Parameter '").And.Not.Contain("   at ").And.Not.Contain("Exception"), "a remain of .NET");
        Assert.That(run.Error, Has.Length.LessThan(3000));
    }

    [Test]
    public void ALongMessageIsCutAndAControlCharacterIsWrittenOut()
    {
        using StringWriter error = new();
        Failures.Report(new FormatException("\u001b[31mred\0 " + new string('x', 100_000)), new PlainWriter(error));
        Assert.That(error.ToString(), Has.Length.LessThan(2100).And.StartsWith("aexai: \\u001b[31mred\\u0000 xxx").And.Contains(" ... (").And.Contains("more characters)"));
    }

    [TestCase("plain", "plain")]
    [TestCase("zażółć\t大\n", "zażółć\t大\n")]
    [TestCase("a\r\nb", "a\r\nb")]
    [TestCase("a\rb", "a\\u000db")]
    [TestCase("\u001b]0;title\a", "\\u001b]0;title\\u0007")]
    [TestCase("\u009b31m", "\\u009b31m")]
    [TestCase("ab\u202etxt.exe", "ab\\u202etxt.exe")]
    public void WhatATerminalObeysIsWrittenOut(string text, string expected)
    {
        using StringWriter inner = new();
        using PlainWriter writer = new(inner);
        writer.Write(text);
        Assert.That(inner.ToString(), Is.EqualTo(expected));
        Assert.That(PlainWriter.Escape(text), Is.EqualTo(expected));
    }

    [Test]
    public void LabelsAreWrittenWithoutTerminalCodesAndAreStillJson()
    {
        string path = _folder.PathOf("codes.onnx");
        OnnxModel model = TinyModels.Image();
        ModelMetadata.SetLabels(model, ["\u001b[2Jcleared", "b\u009d", "c"]);
        model.Save(path);
        CliRun text = CliRun.Of("predict", _folder.PathOf("six.npy"), "--model", path), json = CliRun.Of("predict", _folder.PathOf("six.npy"), "--model", path, "--json");
        Assert.That(text.Out.Where(c => char.IsControl(c) && c is not '\n' and not '\r'), Is.Empty);
        Assert.That(text.Out, Does.Contain("\\u001b[2Jcleared"));
        Assert.That(json.Json.GetProperty("predictions")[0].GetProperty("probabilities").EnumerateObject().First().Name, Is.EqualTo("\u001b[2Jcleared"));
    }

    [Test]
    public void ARecordingOfWhichMoreIsThereThanIsHeardIsTold()
    {
        AudioClip clip = BandModel.Clip();
        string longer = _folder.PathOf("longer.wav");
        WavWriter.Write(longer, new AudioClip(Enumerable.Repeat(clip.Samples.ToArray(), 3).SelectMany(each => each).ToArray(), clip.SampleRate));
        string[] rest = ["--model", _folder.PathOf("band.onnx"), "--out", _folder.PathOf("mel.npy")];
        CliRun run = CliRun.Of(["mel", longer, .. rest]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Contain("warning: ").And.Contain("longer.wav is").And.Contain("the model hears its first"));
        Assert.That(CliRun.Of(["mel", _folder.PathOf("call.wav"), .. rest]).Error, Does.Not.Contain("hears its first"));
    }

    [TestCase("predict", "the clip is 2.70 s long; the model hears its first 1.00 s")]
    [TestCase("explain", "the clip is 2.70 s long; the model hears its first 1.00 s")]
    [TestCase("listen", "the clip is 2.70 s long; the model hears its first 1.00 s")]
    [TestCase("report", "longer.wav: the clip is 2.70 s long; the model hears its first 1.00 s")]
    [TestCase("verify", "longer.wav: the clip is 2.70 s long; the model hears its first 1.00 s")]
    public void EveryCommandTellsWhatOfARecordingIsNotHeard(string command, string warning)
    {
        AudioClip clip = BandModel.Clip();
        string longer = _folder.PathOf("longer.wav"), folder = _folder.PathOf($"of-{command}");
        WavWriter.Write(longer, new AudioClip(Enumerable.Repeat(clip.Samples.ToArray(), 3).SelectMany(each => each).ToArray(), clip.SampleRate));
        string[] rest = command switch
        {
            "predict" => [],
            "explain" => ["--method", "gradient", "--out", folder + ".npy"],
            "listen" => ["--method", "gradient", "--out", folder],
            _ => ["--methods", "gradient", "--metrics", "0", "--sanity", "0", "--out", folder],
        };
        string[] inputs = command is "report" or "verify" ? [longer, _folder.PathOf("call.wav")] : [longer];
        CliRun run = CliRun.Of([command, .. inputs, "--model", _folder.PathOf("band.onnx"), .. rest]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Error.Split('\n').Count(line => line.StartsWith("warning: ", StringComparison.Ordinal) && line.Contains(warning, StringComparison.Ordinal)), Is.EqualTo(1), run.Error);
        if (command is "report" or "verify" or "listen")
            Assert.That(File.ReadAllText(Path.Combine(folder, "index.html")), Does.Contain("the model hears its first 1.00 s"));
    }

    [TestCase("predict in.wav --model band.onnx")]
    [TestCase("explain in.npy --method gradient --out map.npy")]
    [TestCase("listen in.wav --model band.onnx --method gradient --out out")]
    [TestCase("timeline in.wav --model band.onnx --method gradient --out out")]
    [TestCase("mel in.wav --model band.onnx --out map.npy")]
    [TestCase("predict six.npy --model in.onnx")]
    [TestCase("inspect in.onnx")]
    [TestCase("compile --model in.onnx --method gradient --out graph.onnx")]
    [TestCase("export in.pt --labels words.npy --out graph.onnx")]
    [TestCase("export noise.pt --labels in.json --out graph.onnx")]
    [TestCase("export noise.pt --labels in.npy --out graph.onnx")]
    [TestCase("export noise.pt --labels words.npy --front-end in.json --out graph.onnx")]
    [TestCase("report six.npy --labels in.npy --out out")]
    [TestCase("verify six.npy --groups in.csv --out out")]
    [TestCase("verify six.npy --maps in.npy --out out")]
    [TestCase("explain six.npy --method lime --set segments=in.npy --out map.npy")]
    [Platform("Linux,MacOsX")]
    public void APipeIsRefusedAtOnce(string command)
    {
        string[] words = [.. command.Split(' ')];
        string pipe = Path.Combine("pipes", words.SelectMany(word => word.Split('=')).First(word => word.StartsWith("in.", StringComparison.Ordinal)));
        Directory.CreateDirectory(_folder.PathOf("pipes"));
        using (System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", _folder.PathOf(pipe)))
            make.WaitForExit();
        words = [.. words.Select(word => word.StartsWith("in.", StringComparison.Ordinal) ? _folder.PathOf(pipe) : word.StartsWith("segments=", StringComparison.Ordinal) ? $"segments={_folder.PathOf(pipe)}" : Word(word))];
        if (words[0] is not "export" and not "inspect" && !words.Contains("--model"))
            words = [.. words, "--model", _folder.PathOf("tiny.onnx")];
        Task<CliRun> run = Task.Run(() => CliRun.Of(words));
        Assert.That(run.Wait(TimeSpan.FromSeconds(60)), "it waits for somebody who writes");
        File.Delete(_folder.PathOf(pipe));
        Assert.That(run.Result.Code, Is.EqualTo(3), run.Result.Error);
        Assert.That(run.Result.Error, Does.Contain(_folder.PathOf(pipe)).And.Contain("a pipe or a device"));
    }

    [Test]
    public void APartOfAVerificationThatIsDoneBeforeTheOthersIsOneJsonObject()
    {
        CliRun run = CliRun.Of("verify", _folder.PathOf("six.npy"), "--model", _folder.PathOf("tiny.onnx"), "--methods", "gradient", "--metrics", "0", "--sanity", "0", "--batch", "2", "--shard", "2/2", "--json", "--out", _folder.PathOf("half"));
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That((run.Json.GetProperty("complete").GetBoolean(), run.Json.GetProperty("shard").GetString()), Is.EqualTo((false, "2/2")));
    }

    [Test]
    public void AFolderWithADamagedPartIsNotMerged()
    {
        string part = _folder.PathOf("broken/parts/00000.npz");
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        // Two milliards of texts of no bytes: 189 bytes that once took all memory
        byte[] header = System.Text.Encoding.Latin1.GetBytes("{'descr': '<U0', 'fortran_order': False, 'shape': (2000000000,), }\n");
        File.WriteAllBytes(part, CheckpointWriter.Zip([new("key.npy", [0x93, .. "NUMPY"u8, 1, 0, .. WavBuilder.UInt16(header.Length), .. header])]));
        File.WriteAllText(Path.ChangeExtension(part, ".csv"), "");
        CliRun run = CliRun.Of("verify", _folder.PathOf("six.npy"), "--model", _folder.PathOf("tiny.onnx"), "--methods", "gradient", "--metrics", "0", "--sanity", "0", "--merge", _folder.PathOf("broken"), "--out", _folder.PathOf("merged"));
        Assert.That((run.Code, run.Out), Is.EqualTo((3, "")), run.Error);
        Assert.That(run.Error, Does.Contain(part).And.Contain("damaged").And.Contain("cannot be merged"));
    }

    [Test]
    public void AClassWithoutANameIsCalledAsPredictCallsIt()
    {
        string path = _folder.PathOf("unnamed.onnx");
        OnnxModel model = TinyModels.Image();
        ModelMetadata.SetLabels(model, ["", "", ""]);
        model.Save(path);
        CliRun run = CliRun.Of("explain", _folder.PathOf("six.npy"), "--model", path, "--method", "lrp", "--set", "start=contrast:class 1", "--target", "class 2", "--out", _folder.PathOf("contrast.npy"));
        Assert.That(run.Code, Is.Zero, run.Error);
    }

    private void WriteFloats(string name, float[] samples, int rate) =>
        _folder.Write(
            name,
            WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.Format(3, 1, rate, 32)), WavBuilder.Chunk("data", MemoryMarshal.AsBytes<float>(samples).ToArray())));

    private string Word(string word) =>
        word == "EMPTY" ? ""
        : word.Contains('.', StringComparison.Ordinal) && !double.TryParse(word, out _) && !word.StartsWith('@') && !word.StartsWith('-') ? _folder.PathOf(word)
        : word == "out" ? _folder.PathOf("out")
        : word;
}
