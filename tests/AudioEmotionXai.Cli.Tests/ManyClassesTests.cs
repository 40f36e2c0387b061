namespace AudioEmotionXai.Cli.Tests;

/// <summary>A model with a hundred thousand classes: what is written for people names those that matter, and says how many it leaves
/// out.</summary>
public sealed class ManyClassesTests
{
    private const int Classes = 100_000;
    private TemporaryFolder _folder = null!;
    private string[] _clip = [];

    [OneTimeSetUp]
    public void MakeFiles()
    {
        _folder = new TemporaryFolder();
        Graph().Save(_folder.PathOf("many.onnx"));
        WavWriter.Write(_folder.PathOf("call.wav"), BandModel.Clip());
        _clip = [_folder.PathOf("call.wav"), "--model", _folder.PathOf("many.onnx")];
    }

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public void PredictNamesTheLikeliest()
    {
        CliRun run = CliRun.Of(["predict", .. _clip]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Has.Length.LessThan(2000).And.Contains("  class 77  ").And.Contains("and 99980 more (--json has all)"));
        Assert.That(CliRun.Of(["predict", .. _clip, "--json"]).Json.GetProperty("predictions")[0].GetProperty("probabilities").EnumerateObject().Count(), Is.EqualTo(Classes));
    }

    [Test]
    public void InspectNamesTheFirst()
    {
        CliRun run = CliRun.Of("inspect", _clip[2]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Out, Has.Length.LessThan(40_000).And.Contains("and 99000 more (--json has all)"));
    }

    [TestCase("report", "--methods", "gradient,silence")]
    [TestCase("verify", "--methods", "gradient,silence", "--sanity", "0", "--metrics", "1")]
    public void APageShowsTheClassesThatClipsHave(string command, params string[] options)
    {
        string folder = _folder.PathOf(command);
        CliRun run = CliRun.Of([command, .. _clip, .. options, "--out", folder]);
        Assert.That(run.Code, Is.Zero, run.Error);
        string page = File.ReadAllText(Path.Combine(folder, "index.html"));
        Assert.That(page, Has.Length.LessThan(1_500_000).And.Contains("class 77").And.Contains("the other 99980 are left out"));
        Assert.That(File.ReadAllText(Path.Combine(folder, "results.csv")), Has.Length.LessThan(100_000));
    }

    [Test]
    public void WhatIsHeardShowsTheLikeliest()
    {
        string folder = _folder.PathOf("heard");
        CliRun run = CliRun.Of(["listen", .. _clip, "--method", "gradient", "--draws", "2", "--out", folder]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(File.ReadAllText(Path.Combine(folder, "index.html")), Has.Length.LessThan(1_500_000).And.Contains("the other 99980 are left out"));
    }

    [Test]
    public void AFigureOfALongRecordingShowsTheLikeliest()
    {
        string folder = _folder.PathOf("followed");
        CliRun run = CliRun.Of(["timeline", .. _clip, "--method", "gradient", "--step", "0.5", "--out", folder]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(File.ReadAllText(Path.Combine(folder, "timeline.svg")), Has.Length.LessThan(200_000).And.Contains("the other 99980 are left out"));
    }

    /// <summary>The model that hears a call, with logits for classes that it hardly ever hears.</summary>
    private static OnnxModel Graph()
    {
        OnnxModel many = BandModel.Body("many", "two");
        float[] weights = new float[2 * Classes];
        weights[2 * 77] = 3;
        for (int label = 0; label < Classes; label++)
            weights[(2 * label) + 1] = -0.001f * label;
        many.AddInitializer(OnnxTensor.FromFloats("wide", weights, Classes, 2));
        many.Add(new OnnxNode("Gemm", "widen", ["two", "wide"], ["logits"]).Set("transB", 1L));
        many.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", Classes]));
        new FrontEndContract(BandModel.FrontEnd, -20, 10, [.. Enumerable.Range(0, Classes).Select(label => $"class {label}")]).WriteTo(many);
        return many;
    }
}
