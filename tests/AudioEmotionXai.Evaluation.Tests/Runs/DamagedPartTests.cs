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

    [TestCase("00002.npz")]
    [TestCase("00000.csv")]
    public void AFolderWithADamagedPartIsNotMergedAtAll(string part)
    {
        string path = _folder.PathOf($"run/parts/{part}");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..50]);
        VerificationFolder merged = new(_folder.PathOf("merged")) { MergeFrom = [_folder.PathOf("run")] };
        FormatException refusal = Assert.Catch<FormatException>(() => Verification.Run(_model, _corpus, s_options, merged))!;
        Assert.That(refusal.Message, Does.Contain(part).And.Contain("damaged").And.Contain("cannot be merged"));
        Assert.That(Directory.Exists(_folder.PathOf("merged/parts")), Is.False, "nothing of it is taken over");

        // What the message says helps: without the part its clips are measured here
        File.Delete(Path.ChangeExtension(path, ".npz"));
        Assert.That(Verification.Run(_model, _corpus, s_options, merged), Is.Not.Null);
        Assert.That(File.ReadAllBytes(_folder.PathOf("merged/results.csv")), Is.EqualTo(File.ReadAllBytes(_folder.PathOf("run/results.csv"))));
    }

    [Test]
    public void AnyFlippedBitOfAPartIsFoundOrHarmless()
    {
        string path = _folder.PathOf("run/parts/00001.npz");
        byte[] whole = File.ReadAllBytes(path), table = File.ReadAllBytes(_folder.PathOf("run/drops.npz"));
        for (int at = 0; at < whole.Length; at += 89)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= 1;
            File.WriteAllBytes(path, flipped);
            try
            {
                Run("run", out _);
            }
            catch (Exception refusal) when (refusal is ArgumentException or FormatException)
            {
                // The bit was in a name
                Assert.That(refusal.Message, Does.Contain("00001.npz"));
                File.WriteAllBytes(path, whole);
            }

            Assert.That(File.ReadAllBytes(_folder.PathOf("run/drops.npz")), Is.EqualTo(table), $"byte {at}");
        }
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
