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
        Controlled = new ControlledProtocol { Fractions = [0.1, 0.3], Fills = [FillKind.Minimum, FillKind.Noise], Draws = 2, Resamples = 100 },
        GroundTruth = new GroundTruthProtocol { Mosaics = 4, Events = 4 },
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
        VerificationResult result = Verification.Run(model, corpus, options, folder.PathOf("a"))!;
        ClipDrops drops = result.Outcomes[0].Controlled!;
        int[] all = [0, 1, 2, 3];
        Assert.That(
            drops.Own(0, DropScale.Probability, all), Is.GreaterThan(drops.Control(0, MaskControl.ShapeMatched, DropScale.Probability, all) + 0.1),
            "lrp, against the same shape elsewhere");
        Assert.That(result.Metrics, Is.Not.Empty);
        MetricRow[] undefined = [.. result.Metrics.Where(row => double.IsNaN(row.Value.Mean))];
        Assert.That(undefined.Where(row => row.Method.StartsWith("lrp", StringComparison.Ordinal)).Select(row => row.Metric), Is.EqualTo(new[] { "road_morf", "road_lerf", "irof" }));
        Assert.That(undefined.Select(row => row.NotDefined), Has.None.Null, "each says why");
        Assert.That(() => Verification.Run(spectrograms, corpus, options, folder.PathOf("b")), Throws.ArgumentException.With.Message.Contains("expects (N, 1, 19, 63)"));
    }

    [Test]
    public void TwoRunsWithTheSameSeedGiveTheSameBytesAndAnotherSeedOthers()
    {
        using TemporaryFolder folder = new();
        Verification.Run(_model, _corpus, Options, folder.PathOf("a"));
        Verification.Run(_model, _corpus, Options, folder.PathOf("b"));
        Verification.Run(_model, _corpus, Options with { Seed = 1 }, folder.PathOf("c"));
        AssertSameTables(folder.PathOf("a"), folder.PathOf("b"));
        Assert.That(File.ReadAllText(folder.PathOf("c/results.csv")), Is.Not.EqualTo(File.ReadAllText(folder.PathOf("a/results.csv"))));
    }

    [Test]
    public void ARunStoppedInTheMiddleGoesOnAndGivesTheSameTables()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        StopAfter progress = new(6, stop);
        Assert.That(() => Verification.Run(_model, _corpus, Options, folder.PathOf("a"), progress, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        string[] parts = Directory.GetFiles(folder.PathOf("a/parts"), "*.npz");
        DateTime[] written = [.. parts.Select(File.GetLastWriteTimeUtc)];
        Verification.Run(_model, _corpus, Options, folder.PathOf("a"));
        Verification.Run(_model, _corpus, Options, folder.PathOf("b"));
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
        VerificationResult? first = Verification.Run(_model, _corpus, Options, new VerificationFolder(folder.PathOf("1")) { Shard = new Shard(1, 2) });
        Verification.Run(_model, _corpus, Options, new VerificationFolder(folder.PathOf("2")) { Shard = new Shard(2, 2) });
        Verification.Run(_model, _corpus, Options, new VerificationFolder(folder.PathOf("merged")) { MergeFrom = [folder.PathOf("1"), folder.PathOf("2")] });
        Verification.Run(_model, _corpus, Options, folder.PathOf("whole"));
        Assert.That(first, Is.Null, "the other shard's batches are missing");
        AssertSameTables(folder.PathOf("merged"), folder.PathOf("whole"));
    }

    [Test]
    public void AFolderOfAnotherRunIsRefused()
    {
        using TemporaryFolder folder = new();
        Verification.Run(_model, _corpus, Options, folder.PathOf("a"));
        Assert.That(
            () => Verification.Run(_model, _corpus, Options with { Controlled = Options.Controlled with { Draws = 3 } }, folder.PathOf("a")),
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
        Assert.That(Verification.Run(_model, _corpus, two, folder.PathOf("b"))!.Methods, Is.Unique);
        Assert.That(
            () => ImportantDrop(new Shaped(value => value), folder.PathOf("c")),
            Throws.InstanceOf<NotSupportedException>().With.Message.Contains("Shaped").And.Message.Contains("OptionsText"));
    }

    [Test]
    public void MethodsOfOneIdAreToldApartByTheOptionsThatAreNotUsual()
    {
        AttributionMethod[] methods = [.. new[] { "lrp", "lrp start=contrast", "lrp epsilon=0.1 start=one", "gradient" }.Select(AttributionMethods.Parse)];
        Assert.That((Options with { Methods = methods }).MethodNames(), Is.EqualTo(new[] { "lrp", "lrp start=contrast", "lrp epsilon=0.1 start=one", "gradient" }));
        Assert.That((Options with { Methods = [new Lrp(), new Lrp()] }).MethodNames(), Has.All.StartsWith("lrp rules="));
    }

    [Test]
    public void AnotherRunGivesWayWhereThatIsAskedFor()
    {
        using TemporaryFolder folder = new();
        Verification.Run(_model, _corpus, Options, folder.PathOf("a"));
        Corpus fewer = _corpus.Take([0, 1, 2]);
        Verification.Run(_model, fewer, Options, new VerificationFolder(folder.PathOf("a")) { ReplacesOtherRun = true });
        Verification.Run(_model, fewer, Options, folder.PathOf("b"));
        AssertSameTables(folder.PathOf("a"), folder.PathOf("b"));
        Assert.That(Directory.GetFiles(folder.PathOf("a/parts")), Has.Length.EqualTo(2));
    }

    [Test]
    public void ATruthThatTheModelDoesNotHaveIsRefused() =>
        Assert.That(
            () => Verification.Run(_model, new Corpus(TinyModels.ImageInput(2), truths: [0, 3]), Options, "unused"),
            Throws.ArgumentException.With.Message.Contains("clip 1 is 3"));

    [Test]
    public void TheTableHasARowPerClipMethodAndCondition()
    {
        using TemporaryFolder folder = new();
        VerificationResult result = Verification.Run(_model, _corpus, Options, folder.PathOf("a"))!;
        string[] lines = File.ReadAllLines(folder.PathOf("a/results.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(1 + (11 * ((2 * (1 + 4)) + (2 * 4)))), "two methods, the clip's loudness, one random network");
            Assert.That(lines.Select(line => line.Split(',').Length), Has.All.EqualTo(14));
            Assert.That(result.Clips, Is.EqualTo(11));
            Assert.That(result.Methods, Is.EqualTo(new[] { "FrameOcclusion", "Loudness" }));
        });
    }

    [Test]
    public void TheSummaryHoldsWhatTheSchemaNames()
    {
        using TemporaryFolder folder = new();
        Verification.Run(_model, _corpus, Options, folder.PathOf("a"));
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(folder.PathOf("a/summary.json")));
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Repository, "src", "AudioEmotionXai.Evaluation", "Runs", "summary.schema.json")));
        SchemaCheck.Assert(summary.RootElement, schema.RootElement);
    }

    [Test]
    public void TheMapThatIgnoresTheModelIsFlaggedAndTheOneThatUsesItIsAnotherWithRandomWeights()
    {
        using TemporaryFolder folder = new();
        VerificationResult result = Verification.Run(_model, _corpus, Options with { SanityClipsPerClass = 3 }, folder.PathOf("a"))!;
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

    [Test]
    public void InMemoryTheTablesAreThoseOfAFolder()
    {
        using TemporaryFolder folder = new();
        VerificationResult memory = Verification.Run(_model, _corpus, Options), written = Verification.Run(_model, _corpus, Options, folder.PathOf("a"))!;
        Assert.Multiple(() =>
        {
            Assert.That(SummaryJson.Write(memory, Options, _model), Is.EqualTo(SummaryJson.Write(written, Options, _model)));
            Assert.That(memory.Verdict, Is.EqualTo(written.Verdict).And.Not.Empty);
        });
    }

    [Test]
    public void MapsFromElsewhereAreMeasuredLikeTheMethodThatMadeThem()
    {
        AttributionResult result = new FrameOcclusion().Attribute(_model, _corpus.Input);
        FloatTensor maps = new(11, TinyModels.Height, TinyModels.Width);
        for (int clip = 0; clip < 11; clip++)
            InputGrid.MapOf(result[clip]).Span.CopyTo(maps.Item(clip).Span);
        Corpus corpus = new(_corpus.Input, truths: _corpus.Truths) { Maps = [new CorpusMap("theirs", maps, new FrameOcclusion().Meaning)] };
        VerificationResult found = Verification.Run(_model, corpus, Options);
        ControlledTable table = found.Controlled!;
        Assert.Multiple(() =>
        {
            Assert.That(found.Methods, Is.EqualTo(new[] { "FrameOcclusion", "Loudness", "theirs" }));
            foreach (MaskControl control in Enum.GetValues<MaskControl>())
                Assert.That(DropOf(table, "theirs", control), Is.EqualTo(DropOf(table, "FrameOcclusion", control)), $"{control}");
            Assert.That(found.Notebook!.Rows.Single(row => row is { Method: "theirs", Emotion: NotebookTable.MeanRow }).Clips, Is.EqualTo(11));
            Assert.That(() => new Corpus(_corpus.Input) { Maps = [new CorpusMap("short", maps.Items(0, 4))] }, Throws.ArgumentException.With.Message.Contains("short").And.Message.Contains("(11, "));
            Assert.That(
                () => Verification.Run(_model, new Corpus(_corpus.Input) { Maps = [new CorpusMap("Loudness", maps)] }, Options),
                Throws.ArgumentException.With.Message.Contains("name of a method"));
        });
    }

    [Test]
    public void AClipWhoseMapIsNotFiniteIsNamedAndLeavesTheOthersAsTheyAre()
    {
        Corpus bad = new(_corpus.Input.Clone(), truths: _corpus.Truths), others = _corpus.Take([.. Enumerable.Range(0, 10)]);
        VerificationOptions options = Options with { Methods = [new FrameOcclusion(), new NanFor(_corpus.Input.Item(10).Span[0])], SanityClipsPerClass = 0, MetricClipsPerClass = 0 };
        VerificationResult all = Verification.Run(_model, bad, options), without = Verification.Run(_model, others, options);
        Assert.Multiple(() =>
        {
            Assert.That(all.Undefined, Is.EqualTo(new[] { new UndefinedClip("clip 10", "the map of NanFor is not finite") }));
            Assert.That(all.Clips, Is.EqualTo(10));
            Assert.That(all.Verdict, Is.EqualTo(without.Verdict));
            Assert.That(all.Controlled!.Effects.Select(row => row.PValue), Is.EqualTo(without.Controlled!.Effects.Select(row => row.PValue)));
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

    private static double DropOf(ControlledTable table, string method, MaskControl control) =>
        table.Effects.Single(row => row.Method == method && row.Group == ClipGroup.All && row.Control == control).Efficiency.Mean;

    private double ImportantDrop(AttributionMethod method, string folder) =>
        Verification.Run(_model, _corpus, Options with { Methods = [method] }, folder)!.Controlled!.Effects[0].ImportantDrop.Mean;

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

    private sealed record NanFor(float First) : AttributionMethod
    {
        protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
        {
            FloatTensor map = request.Input.Clone();
            for (int item = 0; item < request.Items; item++)
                if (request.Input.Item(item).Span[0] == First)
                    map.Item(item).Span[3] = float.NaN;
            return new AttributionOutcome { Map = map };
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
