namespace AudioEmotionXai.Reporting.Tests;

public sealed class ExplanationReportTests
{
    [Test]
    public void AReportHoldsThePageTheFiguresTheMapsAndTheTables()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        VerificationResult? result = ExplanationReport.Write(model, Clips(), Options(), folder.PathOf("out"));
        string[] files = [.. Directory.GetFiles(folder.PathOf("out"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.PathOf("out"), file).Replace('\\', '/'))];
        Assert.Multiple(() =>
        {
            Assert.That(result, Is.Not.Null);
            Assert.That(files, Does.Contain("index.html").And.Contain("comparison.svg").And.Contain("results.csv").And.Contain("summary.json").And.Contain("drops.npz"));
            Assert.That(files, Does.Contain("maps/000_one_Loudness.npy").And.Contain("maps/001_two_FrameOcclusion.png").And.Contain("figures/001_two.svg").And.Contain("figures/deletion.svg"));
            Assert.That(files, Has.None.EndsWith(".tmp"));
        });
    }

    [Test]
    public void TheMapsOnDiskAreRaw()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        ExplanationReport.Write(model, Clips(), Options(), folder.PathOf("out"));
        FloatTensor map = NpyFile.Read(folder.PathOf("out/maps/001_two_Loudness.npy"));
        Assert.That(map.Span.ToArray(), Is.EqualTo(new Loudness().Attribute(model, Clips().Input).Map.Item(1).Span.ToArray()));
    }

    [Test]
    public void OneClipWithoutATruthGivesAReportToo()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        VerificationResult result = ExplanationReport.Write(model, new Corpus(TinyModels.ImageInput(1)), Options(), folder.PathOf("out"))!;
        Assert.Multiple(() =>
        {
            Assert.That(result.Right, Is.Null);
            Assert.That(File.ReadAllText(folder.PathOf("out/index.html")), Does.Contain("clip 0"));
        });
    }

    private static Corpus Clips() => new(TinyModels.ImageInput(3), ["one.wav", "two.wav", "three.wav"], [0, 1, 2]);

    private static ReportOptions Options() => new()
    {
        Verification = new VerificationOptions
        {
            Methods = [new FrameOcclusion(), new Loudness()],
            Controlled = new ControlledProtocol { Fractions = [0.1], Draws = 2, Resamples = 100 },
            MetricClipsPerClass = 1,
            SanityClipsPerClass = 0,
        },
    };
}
