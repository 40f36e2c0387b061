using System.Xml.Linq;

namespace AudioEmotionXai.Cli.Tests;

public sealed class TimelineCommandTests
{
    [Test]
    public void ARecordingBecomesTablesAFigureAndLabels()
    {
        using TemporaryFolder folder = new();
        string wav = folder.PathOf("long.wav"), output = folder.PathOf("out"), model = WriteModel(folder);
        Write(wav, 20_000);
        CliRun run = CliRun.Of("timeline", wav, "--model", model, "--method", "gradcam", "--hop", "0.2", "--step", "0.25", "--out", output, "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Contain("seconds heard: ").And.Contain("of 5"));
        string[] rows = File.ReadAllLines(Path.Combine(output, "timeline.csv"));
        Assert.That(rows, Has.Length.EqualTo(21));
        Assert.That(rows[0], Is.EqualTo("seconds,emotion,relevance,low,middle,high"));
        Assert.That(rows[1], Does.StartWith("0.125,"));
        Assert.That(run.Json.GetProperty("seconds").GetDouble(), Is.EqualTo(5));
        Assert.That(run.Json.GetProperty("windows").GetArrayLength(), Is.EqualTo(25));
        Assert.That(run.Out, Is.EqualTo(File.ReadAllText(Path.Combine(output, "timeline.json"))));
        Assert.That(File.ReadAllText(Path.Combine(output, "timeline.svg")), Does.Contain("time (mm:ss)").And.Contain(">00:05<").And.Contain(">high<"));
        Assert.That(() => XDocument.Load(Path.Combine(output, "timeline.svg")), Throws.Nothing);
        Assert.That(Directory.GetFiles(output).Select(Path.GetFileName), Is.EquivalentTo(new[] { "timeline.csv", "timeline.json", "timeline.svg", "emotions.txt", "emotions.vtt" }));
    }

    [Test]
    public void ACancelledRunLeavesNoFile()
    {
        using TemporaryFolder folder = new();
        string wav = folder.PathOf("long.wav"), output = folder.PathOf("out"), model = WriteModel(folder);
        Write(wav, 20_000);
        using CancellationTokenSource source = new();
        source.Cancel();
        CliRun run = CliRun.Of(source.Token, "timeline", wav, "--model", model, "--method", "gradcam", "--out", output);
        Assert.That(run.Code, Is.EqualTo(130));
        Assert.That(run.Error, Does.Contain("cancelled"));
        Assert.That(Directory.Exists(output), Is.False);
    }

    [Test]
    public void WrongUsageAndDamagedFilesAreToldApart()
    {
        using TemporaryFolder folder = new();
        string wav = folder.PathOf("long.wav"), model = WriteModel(folder);
        Write(wav, 2000);
        Assert.That(CliRun.Of("timeline", wav, "--model", model, "--method", "gradcam", "--hop", "9", "--out", folder.PathOf("out")).Code, Is.EqualTo(2));
        Assert.That(CliRun.Of("timeline", wav, "--model", model, "--method", "gradcam", "--step", "0", "--out", folder.PathOf("out")).Code, Is.EqualTo(2));
        Assert.That(CliRun.Of("timeline", wav, "--model", model, "--method", "gradcam", "--target", "joy", "--out", folder.PathOf("out")).Code, Is.EqualTo(2));
        File.WriteAllBytes(wav, File.ReadAllBytes(wav)[..1000]);
        CliRun damaged = CliRun.Of("timeline", wav, "--model", model, "--method", "gradcam", "--out", folder.PathOf("out"));
        Assert.That(damaged.Code, Is.EqualTo(3));
        Assert.That(damaged.Error, Does.Contain($"{wav}: chunk 'data' at offset 36 declares 4000 bytes"));
        Assert.That(Directory.Exists(folder.PathOf("out")), Is.False);
    }

    private static string WriteModel(TemporaryFolder folder)
    {
        using AudioClassifier model = RecordingModel.Load();
        model.Source.Save(folder.PathOf("tiny.onnx"));
        return folder.PathOf("tiny.onnx");
    }

    private static void Write(string path, long samples)
    {
        using FileStream file = File.Create(path);
        new NoiseWav(samples, 4000).CopyTo(file);
    }
}
