using System.Text.Json;

namespace AudioEmotionXai.Cli.Tests;

/// <summary>The commands that make files from files: mel, export, inspect.</summary>
public sealed class FileCommandTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void MelWritesWhatTheModelExpects()
    {
        string tone = SampleFiles.WriteTone(_folder.PathOf("tone.wav"));
        Assert.That(CliRun.Of("mel", tone, "--out", _folder.PathOf("mel.npy")).Code, Is.Zero);
        FloatTensor mel = NpyFile.Read(_folder.PathOf("mel.npy"));
        Assert.That(mel.Shape.ToArray(), Is.EqualTo([128, 141]));
        CliRun fromWave = CliRun.Of("predict", tone, "--json");
        CliRun fromArray = CliRun.Of("predict", _folder.PathOf("mel.npy"), "--json");
        Assert.That(Probability(fromArray), Is.EqualTo(Probability(fromWave)));
    }

    [Test]
    public void MelInDecibelsHasItsMaximumAtZeroAndItsFloor80Below()
    {
        string tone = SampleFiles.WriteTone(_folder.PathOf("tone.wav"));
        JsonElement json = CliRun.Of("mel", tone, "--decibels", "--out", _folder.PathOf("mel.npy"), "--json").Json;
        Assert.That(json.GetProperty("unit").GetString(), Is.EqualTo("dB"));
        float[] values = NpyFile.Read(_folder.PathOf("mel.npy")).Span.ToArray();
        Assert.That((values.Max(), values.Min()), Is.EqualTo((0f, -80f)));
    }

    [TestCase("whisper", 80, 3000, "(log10 + 4) / 4")]
    [TestCase("ast:128", 128, 128, "z-score / 2")]
    [TestCase("mfcc:13:16000", 13, 94, "dB")]
    public void MelTakesAnyFrontEnd(string text, int bins, int frames, string unit)
    {
        string tone = SampleFiles.WriteTone(_folder.PathOf("tone.wav"));
        JsonElement json = CliRun.Of("mel", tone, "--front-end", text, "--out", _folder.PathOf("mel.npy"), "--json").Json;
        Assert.That((json.GetProperty("bins").GetInt32(), json.GetProperty("unit").GetString()), Is.EqualTo((bins, unit)));
        FloatTensor found = NpyFile.Read(_folder.PathOf("mel.npy"));
        Assert.That(found.Shape.ToArray(), Is.EqualTo([bins, json.GetProperty("frames").GetInt32()]));
        Assert.That(found.Span.ToArray(), Is.EqualTo(FrontEnd.Parse(text).Extract(WavReader.Read(tone)).Values.ToArray()));
        if (text != "mfcc:13:16000")
            Assert.That(found.Shape[1], Is.EqualTo(frames));
        Assert.That(CliRun.Of("mel", tone, "--front-end", text, "--out", _folder.PathOf("mel.svg")).Code, Is.Zero);
        Assert.That(File.ReadAllText(_folder.PathOf("mel.svg")), Does.Contain("time (s)").And.Contain(text.StartsWith("mfcc", StringComparison.Ordinal) ? "coefficient" : "kHz"));
    }

    [Test]
    public void MelOfSamplesIsAnArrayOfThem()
    {
        string tone = SampleFiles.WriteTone(_folder.PathOf("tone.wav"));
        Assert.That(CliRun.Of("mel", tone, "--front-end", "wav2vec2", "--out", _folder.PathOf("mel.npy")).Out, Does.Contain(" samples"));
        Assert.That(NpyFile.Read(_folder.PathOf("mel.npy")).Rank, Is.EqualTo(1));
        CliRun picture = CliRun.Of("mel", tone, "--front-end", "wav2vec2", "--out", _folder.PathOf("mel.png"));
        Assert.That(picture.Code, Is.EqualTo(2));
        Assert.That(picture.Error, Does.Contain("gives samples, of which there is no picture"));
    }

    [TestCase("whisperer", "--front-end: There is no front end 'whisperer'; expected: whisper, whisper:128")]
    [TestCase("none", "needs the rate")]
    public void AWrongFrontEndIsToldWithWhatThereIs(string text, string message)
    {
        CliRun run = CliRun.Of("mel", SampleFiles.WriteTone(_folder.PathOf("tone.wav")), "--front-end", text, "--out", _folder.PathOf("mel.npy"));
        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(message));
    }

    [Test]
    public void ExportWritesAModelThatPredictsAsTheBundledOne()
    {
        string output = _folder.PathOf("model.onnx");
        CliRun run = CliRun.Of(
            "export", SharedData.Require("model/best_model.pt"), "--labels", SharedData.Require("model/label_mapping.npy"), "--front-end", SharedData.Require("model/front_end.json"), "--out", output);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(CliRun.Of("predict", SampleFiles.Spectrograms, "--model", output).Out, Is.EqualTo(CliRun.Of("predict", SampleFiles.Spectrograms).Out));
    }

    [Test]
    public void InspectListsOperatorsLayersContractAndMethods()
    {
        JsonElement json = CliRun.Of("inspect", "--json").Json;
        Assert.That(json.GetProperty("layers").EnumerateArray().Select(layer => layer.GetString()), Is.EqualTo(["layer1", "layer2", "layer3", "layer4"]));
        Assert.That(json.GetProperty("front_end").GetProperty("sample_rate").GetInt32(), Is.EqualTo(24000));
        JsonElement convolution = json.GetProperty("operators").EnumerateArray().Single(each => each.GetProperty("operator").GetString() == "Conv");
        Assert.That(convolution.GetProperty("count").GetInt32(), Is.EqualTo(20));
        Assert.That(convolution.GetProperty("has_gradient").GetBoolean());
    }

    [Test]
    public void InspectSaysWhatCannotBeExplainedAndWhy()
    {
        OnnxModel model = TinyModels.Image();
        model.Nodes.Single(node => node.Name == "relu_layer1").SetInput(0, "rounded");
        model.Insert(1, new OnnxNode("Round", "rounding", ["conv1.out"], ["rounded"]));
        model.Save(_folder.PathOf("rounding.onnx"));
        CliRun run = CliRun.Of("inspect", _folder.PathOf("rounding.onnx"));
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Does.Contain("Round x 1  (no gradient)"));
    }

    [Test]
    public void AModelWhoseOnlyLayerHasAnyNameIsInspectedExplainedAndVerifiedWithDefaults()
    {
        string model = _folder.PathOf("one_layer.onnx"), input = _folder.PathOf("clips.npy");
        OddModels.OneLayer("Relu").Save(model);
        NpyFile.Write(input, TinyModels.ImageInput(4));
        CliRun inspect = CliRun.Of("inspect", model);
        Assert.That(inspect.Out, Does.Contain("layers     a (class activation maps take a unless told otherwise)").And.Not.Contain("does not apply"));
        foreach (MethodDescription method in AttributionMethods.All)
        {
            string[] few = [.. method.Options.Where(option => option.Name == "samples").SelectMany(_ => (string[])["--set", "samples=4"])];
            CliRun explain = CliRun.Of(["explain", input, "--model", model, "--method", method.Id, "--json", .. few]);
            Assert.That(explain.Code, Is.Zero, explain.Error);
        }

        CliRun verify = CliRun.Of("verify", input, "--model", model, "--methods", "gradcam,lrp", "--metrics", "0", "--sanity", "0", "--draws", "1", "--out", _folder.PathOf("run"));
        Assert.That(verify.Code, Is.Zero, verify.Error);
    }

    [Test]
    public void AMethodWithMoreToItThanTextSaysIsRefusedWhereTextIsRead()
    {
        string text = new Lrp { CustomRules = RelevancePresets.Gamma(5, 1e-6f) }.ToString();
        CliRun run = CliRun.Of("verify", "--methods", text, "--out", _folder.PathOf("unused"));
        Assert.That(run.Code, Is.EqualTo(ExitCode.WrongUsage));
        Assert.That(run.Error, Does.Contain("options that no text carries").And.Not.Contain("(Parameter"));
    }

    private static double Probability(CliRun run) => run.Json.GetProperty("predictions")[0].GetProperty("probability").GetDouble();
}
