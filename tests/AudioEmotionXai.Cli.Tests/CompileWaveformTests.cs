using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai.Cli.Tests;

/// <summary><c>aexai compile --waveform</c>: the file is run by ONNX Runtime alone, and says itself what it takes.</summary>
public sealed class CompileWaveformTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("lrp")]
    [TestCase("input-x-gradient")]
    public void TheFileTakesSamplesAndReturnsLogitsAndTheirRelevance(string method)
    {
        string file = _folder.PathOf("explained.onnx");
        CliRun run = CliRun.Of("compile", "--method", method, "--waveform", "--out", file, "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(Texts(run.Json, "inputs"), Is.EqualTo(["samples", "target_class"]));
        Assert.That(Texts(run.Json, "outputs"), Is.EqualTo(["logits", "relevance"]));
        using AudioClassifier spectrograms = AudioClassifier.Load(BundledModel.Path);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        AudioClip clip = WavReader.Read(SampleFiles.WriteTone(_folder.PathOf("tone.wav")));
        WaveformRelevance expected = AttributionMethods.Create(method).AttributeClip(model, clip);
        OnnxEnvironment.Start(); // no telemetry
        using InferenceSession session = new(file);
        string rate = session.ModelMetadata.CustomMetadataMap["sample_rate"];
        Assert.That((rate, session.ModelMetadata.CustomMetadataMap["input"]), Is.EqualTo(("24000", "samples")));
        Assert.That(session.ModelMetadata.CustomMetadataMap["labels"], Does.Contain("anger"));
        (float[] logits, float[] relevance) = Run(session, expected.Samples.ToArray());
        Assert.That(logits, Is.EqualTo(expected.Result.Predictions[0].Logits.ToArray()).Within(1e-4));
        Assert.That(logits, Is.EqualTo(spectrograms.Logits(spectrograms.FrontEnd!.Normalize(new LogMelExtractor(spectrograms.FrontEnd.Options).Extract(clip).Decibels)).Span.ToArray()).Within(1e-3));
        double largest = relevance.Max(Math.Abs);
        Assert.That(relevance.Select(x => x / largest), Is.EqualTo(expected.PerSample.ToArray().Select(x => x / largest)).Within(1e-4));
    }

    [Test]
    public void AJoinedModelReadsRecordingsByItself()
    {
        string file = _folder.PathOf("hearing.onnx"), tone = SampleFiles.WriteTone(_folder.PathOf("tone.wav"), sampleRate: 16000);
        OnnxModel source = OnnxModel.Load(BundledModel.Path);
        Assert.That(FrontEndContract.TryRead(source, out FrontEndContract? contract));
        WaveformModel.Join(source, contract!).Save(file);
        JsonElement expected = CliRun.Of("predict", tone, "--json").Json.GetProperty("predictions")[0];
        JsonElement found = CliRun.Of("predict", tone, "--model", file, "--json").Json.GetProperty("predictions")[0];
        Assert.That(found.GetProperty("label").GetString(), Is.EqualTo(expected.GetProperty("label").GetString()));
        Assert.That(found.GetProperty("probability").GetDouble(), Is.EqualTo(expected.GetProperty("probability").GetDouble()).Within(1e-3));
        string map = _folder.PathOf("map.npy");
        Assert.That(CliRun.Of("explain", tone, "--model", file, "--method", "lrp", "--out", map).Code, Is.Zero);
        Assert.That(NpyFile.Read(map).Shape.ToArray(), Is.EqualTo([1, 72000]));
        // A picture shows the samples' relevance shared out over the front end's bins and frames
        string picture = _folder.PathOf("map.png");
        Assert.That(CliRun.Of("explain", tone, "--model", file, "--method", "lrp", "--out", picture).Code, Is.Zero);
        Assert.That(new FileInfo(picture).Length, Is.GreaterThan(10_000));
    }

    [Test]
    public void AModelWithoutAFrontEndIsRefused()
    {
        string model = _folder.PathOf("tiny.onnx");
        TinyModels.Image().Save(model);
        CliRun run = CliRun.Of("compile", "--model", model, "--method", "lrp", "--waveform", "--out", _folder.PathOf("explained.onnx"));
        Assert.That(run.Code, Is.EqualTo(3));
        Assert.That(run.Error, Does.Contain("front-end contract"));
    }

    private static (float[] Logits, float[] Relevance) Run(InferenceSession session, float[] samples)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, samples.AsMemory(), [1, samples.Length]);
        using OrtValue target = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, new long[] { -1 }.AsMemory(), [1]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["samples", "target_class"], [input, target], ["logits", "relevance"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }

    private static IEnumerable<string?> Texts(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(each => each.GetString());
}
