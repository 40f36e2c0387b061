using System.Text.Json;

namespace AudioEmotionXai.Evaluation.Tests;

public sealed class VerificationRunTests
{
    private static readonly string[] Tables = ["results.csv", "drops.npz", "summary.json"];

    private readonly AudioClassifier _model = TinyModels.Load(TinyModels.Image());
    private readonly Corpus _corpus = new(TinyModels.ImageInput(11), truths: [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1]);

    private static VerificationOptions Options => new()
    {
        Methods = [new FrameOcclusion(), new Loudness()],
        Controlled = new ControlledProtocol { Fractions = [0.1, 0.3], Fills = [FillKind.Minimum, FillKind.Noise], Draws = 2, Permutations = 99, Resamples = 100 },
        BatchSize = 3,
        MetricClipsPerClass = 1,
        SanityClipsPerClass = 1,
        Sanity = new SanityOptions { Networks = 3 },
    };

    [OneTimeTearDown]
    public void CloseModel() => _model.Dispose();

    [Test]
    public void OfAModelOfSamplesStretchesOfTimeAreMaskedAndTheRightOnesAreMissed()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier spectrograms = BandModel.Load(), model = spectrograms.WithWaveformInput();
        Corpus corpus = new(model.ToInput(BandModel.Clip()), ["call"], [0]);
        VerificationOptions options = Options with { Methods = [AttributionMethods.Parse("lrp rules=epsilon"), new Saliency()] };
        VerificationResult result = VerificationRun.Execute(model, corpus, options, folder.PathOf("a"))!;
        ClipDrops drops = result.Outcomes[0].Controlled!;
        Assert.That(drops.Important.Take(4).Average(), Is.GreaterThan(drops.Shifted.Take(8).Average() + 0.1), "lrp, against the same shape elsewhere");
        Assert.That(result.Metrics, Is.Not.Empty);
        MetricRow[] undefined = [.. result.Metrics.Where(row => double.IsNaN(row.Value.Mean))];
        Assert.That(undefined.Where(row => row.Method.StartsWith("lrp", StringComparison.Ordinal)).Select(row => row.Metric), Is.EqualTo(new[] { "road_morf", "road_lerf", "irof" }));
        Assert.That(undefined.Select(row => row.NotDefined), Has.None.Null, "each says why");
        Assert.That(() => VerificationRun.Execute(spectrograms, corpus, options, folder.PathOf("b")), Throws.ArgumentException.With.Message.Contains("stretches of samples"));
    }

    [Test]
    public void TwoRunsWithTheSameSeedGiveTheSameBytesAndAnotherSeedOthers()
    {
        using TemporaryFolder folder = new();
        VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("a"));
        VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("b"));
        VerificationRun.Execute(_model, _corpus, Options with { Seed = 1 }, folder.PathOf("c"));
        AssertSameTables(folder.PathOf("a"), folder.PathOf("b"));
        Assert.That(File.ReadAllText(folder.PathOf("c/results.csv")), Is.Not.EqualTo(File.ReadAllText(folder.PathOf("a/results.csv"))));
    }

    [Test]
    public void ARunStoppedInTheMiddleGoesOnAndGivesTheSameTables()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        StopAfter progress = new(6, stop);
        Assert.That(() => VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("a"), progress, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        string[] parts = Directory.GetFiles(folder.PathOf("a/parts"), "*.npz");
        DateTime[] written = [.. parts.Select(File.GetLastWriteTimeUtc)];
        VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("a"));
        VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("b"));
        Assert.Multiple(() =>
        {
            Assert.That(parts, Has.Length.EqualTo(2));
            Assert.That(parts.Select(File.GetLastWriteTimeUtc), Is.EqualTo(written), "finished batches are not done again");
        });
        AssertSameTables(folder.PathOf("a"), folder.PathOf("b"));
    }

    [Test]
    public void ShardsMergedGiveTheTablesOfOneRun()
    {
        using TemporaryFolder folder = new();
        VerificationResult? first = VerificationRun.Execute(_model, _corpus, Options with { Shard = new Shard(1, 2) }, folder.PathOf("1"));
        VerificationRun.Execute(_model, _corpus, Options with { Shard = new Shard(2, 2) }, folder.PathOf("2"));
        VerificationRun.Execute(_model, _corpus, Options with { MergeFrom = [folder.PathOf("1"), folder.PathOf("2")] }, folder.PathOf("merged"));
        VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("whole"));
        Assert.That(first, Is.Null, "the other shard's batches are missing");
        AssertSameTables(folder.PathOf("merged"), folder.PathOf("whole"));
    }

    [Test]
    public void AFolderOfAnotherRunIsRefused()
    {
        using TemporaryFolder folder = new();
        VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("a"));
        Assert.That(
            () => VerificationRun.Execute(_model, _corpus, Options with { Controlled = Options.Controlled with { Draws = 3 } }, folder.PathOf("a")),
            Throws.ArgumentException.With.Message.Contains("00000.npz").And.Message.Contains("another folder"));
    }

    [Test]
    public void AFolderOfAMethodWithOtherRulesOfOnesOwnIsRefusedThoughItsIdIsTheSame()
    {
        using TemporaryFolder folder = new();
        Lrp own = new() { CustomRules = RelevancePresets.Gamma(5, 1e-6f) };
        double plain = ImportantDrop(new Lrp(), folder.PathOf("a")), other = ImportantDrop(own, folder.PathOf("b"));
        Assert.That(other, Is.Not.EqualTo(plain).Within(1e-6), "the rules matter on this model");
        AssertRefused(own, folder.PathOf("a"));
        AssertRefused(own with { CustomRules = RelevancePresets.Gamma(4, 1e-6f) }, folder.PathOf("b"));
        Assert.That(ImportantDrop(own with { }, folder.PathOf("b")), Is.EqualTo(other), "an equal method goes on");
    }

    [Test]
    public void AFolderOfOtherLabelsUnderTheSamePathIsRefused()
    {
        using TemporaryFolder folder = new();
        Lime lime = new() { Samples = 20, Segments = new FileSegmenter(folder.PathOf("labels.npy")) };
        WriteLabels(lime, cell => cell % 3);
        ImportantDrop(lime, folder.PathOf("a"));
        WriteLabels(lime, cell => cell / 40);
        AssertRefused(lime, folder.PathOf("a"));
    }

    [Test]
    public void AMethodOfAnotherAssemblyIsToldFromItsLikesAndRefusedWhereItCannotBe()
    {
        using TemporaryFolder folder = new();
        ImportantDrop(new Power(2), folder.PathOf("a"));
        AssertRefused(new Power(3), folder.PathOf("a"));
        VerificationOptions two = Options with { Methods = [new Power(2), new Power(3)] };
        Assert.That(VerificationRun.Execute(_model, _corpus, two, folder.PathOf("b"))!.Methods, Is.Unique);
        Assert.That(
            () => ImportantDrop(new Shaped(value => value), folder.PathOf("c")),
            Throws.InstanceOf<NotSupportedException>().With.Message.Contains("Shaped").And.Message.Contains("OptionsText"));
    }

    [Test]
    public void AnotherRunGivesWayWhereThatIsAskedFor()
    {
        using TemporaryFolder folder = new();
        VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("a"));
        Corpus fewer = _corpus.Take([0, 1, 2]);
        VerificationRun.Execute(_model, fewer, Options with { ReplacesOtherRun = true }, folder.PathOf("a"));
        VerificationRun.Execute(_model, fewer, Options, folder.PathOf("b"));
        AssertSameTables(folder.PathOf("a"), folder.PathOf("b"));
        Assert.That(Directory.GetFiles(folder.PathOf("a/parts")), Has.Length.EqualTo(2));
    }

    [Test]
    public void ATruthThatTheModelDoesNotHaveIsRefused() =>
        Assert.That(
            () => VerificationRun.Execute(_model, new Corpus(TinyModels.ImageInput(2), truths: [0, 3]), Options, "unused"),
            Throws.ArgumentException.With.Message.Contains("clip 1 is 3"));

    [Test]
    public void TheTableHasARowPerClipMethodAndCondition()
    {
        using TemporaryFolder folder = new();
        VerificationResult result = VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("a"))!;
        string[] lines = File.ReadAllLines(folder.PathOf("a/results.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(1 + (11 * 2 * (1 + 4))));
            Assert.That(lines.Select(line => line.Split(',').Length), Has.All.EqualTo(12));
            Assert.That(result.Clips, Is.EqualTo(11));
            Assert.That(result.Methods, Is.EqualTo(new[] { "FrameOcclusion", "Loudness" }));
        });
    }

    [Test]
    public void TheSummaryHoldsWhatTheSchemaNames()
    {
        using TemporaryFolder folder = new();
        VerificationRun.Execute(_model, _corpus, Options, folder.PathOf("a"));
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(folder.PathOf("a/summary.json")));
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Repository, "src", "AudioEmotionXai.Evaluation", "Runs", "summary.schema.json")));
        SchemaCheck.Assert(summary.RootElement, schema.RootElement);
    }

    [Test]
    public void TheMapThatIgnoresTheModelIsFlaggedAndTheOneThatUsesItIsAnotherWithRandomWeights()
    {
        using TemporaryFolder folder = new();
        VerificationResult result = VerificationRun.Execute(_model, _corpus, Options with { SanityClipsPerClass = 3 }, folder.PathOf("a"))!;
        Assert.Multiple(() =>
        {
            Assert.That(result.Sanity!.Rows[0].IsModelIndependent, Is.False);
            Assert.That(result.Sanity.Rows[0].Places[1].Verdict, Is.EqualTo(SanityVerdict.Passes));
            Assert.That(result.Sanity.Rows[1].Verdict, Is.EqualTo(SanityVerdict.Flagged));
            Assert.That(result.Sanity.Rows[1].IsModelIndependent, Is.True);
            Assert.That(result.Sanity.Rows[1].Places[2].Similarity, Is.EqualTo(1).Within(1e-12));
            Assert.That(result.Sanity.Verdict, Does.Contain("Loudness is flagged: its map is the same for every model."));
            Assert.That(result.Sanity.Stages[0], Does.StartWith("1 of 5"));
            Assert.That(result.Sanity.Stages[^1], Does.StartWith("5 of 5"));
        });
    }

    [TestCase("2/8", 2, 8)]
    [TestCase("1/1", 1, 1)]
    public void AShardIsReadFromText(string text, int index, int count) => Assert.That(Shard.Parse(text), Is.EqualTo(new Shard(index, count)));

    [TestCase("0/3")]
    [TestCase("4/3")]
    [TestCase("1")]
    [TestCase("a/b")]
    [TestCase("-1/2")]
    public void AnythingElseIsRefusedWithAnExample(string text) => Assert.That(() => Shard.Parse(text), Throws.ArgumentException.With.Message.Contains("2/8"));

    private double ImportantDrop(AttributionMethod method, string folder) =>
        VerificationRun.Execute(_model, _corpus, Options with { Methods = [method] }, folder)!.Controlled!.Effects[0].ImportantDrop.Mean;

    private void AssertRefused(AttributionMethod method, string folder) =>
        Assert.That(() => ImportantDrop(method, folder), Throws.ArgumentException.With.Message.Contains("another folder"));

    private static void WriteLabels(Lime lime, Func<int, int> label) => NpyFile.Write(
        ((FileSegmenter)lime.Segments).Path,
        NpyArray.From((int[])[.. Enumerable.Range(0, TinyModels.Height * TinyModels.Width).Select(label)], TinyModels.Height, TinyModels.Width));

    private static void AssertSameTables(string first, string second)
    {
        foreach (string table in Tables)
            Assert.That(File.ReadAllBytes(Path.Combine(first, table)), Is.EqualTo(File.ReadAllBytes(Path.Combine(second, table))), table);
    }

    private sealed class StopAfter(int clips, CancellationTokenSource stop) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value)
        {
            if (value.Done >= clips)
                stop.Cancel();
        }
    }

    private sealed record Power(int Exponent) : AttributionMethod
    {
        protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => Mapped(request, value => MathF.Pow(value, Exponent));
    }

    private sealed record Shaped(Func<float, float> Shape) : AttributionMethod
    {
        protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => Mapped(request, Shape);
    }

    private static AttributionOutcome Mapped(AttributionRequest request, Func<float, float> of)
    {
        FloatTensor map = request.Input.Clone();
        foreach (ref float value in map.Span)
            value = of(value);
        return new AttributionOutcome { Map = map };
    }
}
