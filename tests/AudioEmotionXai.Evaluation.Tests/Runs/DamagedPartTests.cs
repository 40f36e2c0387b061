namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>Parts that a loss of power has damaged: they are measured again, with a warning, and the tables are those of an undisturbed run.</summary>
public sealed class DamagedPartTests
{
    private static readonly VerificationOptions s_options = new()
    {
        Methods = [new Gradient()],
        Controlled = new ControlledProtocol { Draws = 2 },
        MetricClipsPerClass = 0,
        SanityClipsPerClass = 0,
        BatchSize = 2,
    };

    private TemporaryFolder _folder = null!;
    private AudioClassifier _model = null!;
    private Corpus _corpus = null!;

    [SetUp]
    public void RunOnce()
    {
        _folder = new TemporaryFolder();
        _model = AudioClassifier.FromOnnx(TinyModels.Image());
        _corpus = new Corpus(TinyModels.ImageInput(6), [.. Enumerable.Range(0, 6).Select(clip => $"clip {clip}")], null);
        Assert.That(Run("run", out _), Is.Empty);
    }

    [TearDown]
    public void RemoveFolder()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [TestCase("00001.npz", 0)]
    [TestCase("00001.npz", 100)]
    [TestCase("00001.csv", 0)]
    [TestCase("00001.csv", 20)]
    [TestCase("00001.csv", -1)]
    public void ADamagedPartIsMeasuredAgainWithAWarning(string part, int kept)
    {
        string path = _folder.PathOf($"run/parts/{part}");
        Dictionary<string, byte[]> before = new[] { "results.csv", "summary.json", "drops.npz" }.ToDictionary(file => file, file => File.ReadAllBytes(_folder.PathOf($"run/{file}")));
        if (kept < 0)
            File.Delete(path);
        else
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..kept]);
        string[] warnings = Run("run", out VerificationResult? result);
        Assert.That(warnings, Has.Length.EqualTo(1));
        Assert.That(warnings[0], Does.Contain(part).And.Contain("measured again"));
        Assert.That(result, Is.Not.Null);
        foreach ((string file, byte[] bytes) in before)
            Assert.That(File.ReadAllBytes(_folder.PathOf($"run/{file}")), Is.EqualTo(bytes), file);
        Assert.That(Run("run", out _), Is.Empty, "it is whole again");
    }

    [Test]
    public void ADamagedPartIsNotTakenOver()
    {
        string path = _folder.PathOf("run/parts/00002.npz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..50]);
        List<string> warnings = [];
        VerificationResult? result = Verification.Run(_model, _corpus, s_options, new VerificationFolder(_folder.PathOf("merged")) { MergeFrom = [_folder.PathOf("run")] }, new Told(warnings));
        Assert.That(result, Is.Not.Null);
        Assert.That(warnings, Has.Count.EqualTo(1));
        Assert.That(warnings[0], Does.Contain("00002.npz").And.Contain("not taken over"));
        Assert.That(File.ReadAllBytes(_folder.PathOf("merged/results.csv")), Is.EqualTo(File.ReadAllBytes(_folder.PathOf("run/results.csv"))));
    }

    private string[] Run(string folder, out VerificationResult? result)
    {
        List<string> warnings = [];
        result = Verification.Run(_model, _corpus, s_options, _folder.PathOf(folder), new Told(warnings));
        return [.. warnings];
    }

    private sealed class Told(List<string> warnings) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value)
        {
            if (value.Warning is { } warning)
                warnings.Add(warning);
        }
    }
}
