namespace AudioEmotionXai.Evaluation.Tests;

public sealed class GroundTruthTests
{
    private static readonly InputGrid Grid = new(1, 4, 9);

    [Test]
    public void AMosaicIsTheLouderHalfOfEachClipAndAsksForBothClasses()
    {
        float[] first = Clip((_, frame) => frame is > 4 and < 9 ? frame : 0), second = Clip((bin, frame) => frame < 5 ? 10 + bin : 0);
        KnownClip[] halves = new ClipMixer(Grid).Mosaic(first, 2, second, 5);
        Assert.Multiple(() =>
        {
            Assert.That(halves[0].Input, Is.EqualTo(Clip((bin, frame) => frame < 4 ? 5 + frame : 10 + bin)));
            Assert.That(halves.Select(half => half.Target), Is.EqualTo(new[] { 2, 5 }));
            Assert.That(halves.Select(half => half.Rival), Is.EqualTo(new[] { 5, 2 }));
            Assert.That(halves[0].Place, Is.EqualTo(Cells((_, frame) => frame < 4)));
            Assert.That(halves[1].Place, Is.EqualTo(Cells((_, frame) => frame >= 4)));
        });
    }

    [Test]
    public void AnEventIsTheLoudestStretchOfTheGuestWhereItIsLouderThanTheHost()
    {
        float[] host = Clip((bin, _) => bin == 0 ? 9 : 1), guest = Clip((_, frame) => frame is 6 or 7 ? 5 : 0);
        KnownClip planted = new ClipMixer(Grid).Plant(host, 1, guest, 3, 2.0 / 9, new KeyedRandom(1))!;
        int at = Array.IndexOf(planted.Place, true) % 9;
        Assert.Multiple(() =>
        {
            Assert.That(planted.Place, Is.EqualTo(Cells((bin, frame) => bin > 0 && frame >= at && frame < at + 2)), "the host's loud bin hides it");
            Assert.That(planted.Input, Is.EqualTo(Clip((bin, frame) => bin == 0 ? 9 : frame >= at && frame < at + 2 ? 5 : 1)));
            Assert.That(planted.Area, Is.EqualTo(6.0 / 36).Within(1e-12));
            Assert.That(new ClipMixer(Grid).Plant(host, 1, new float[36], 3, 0.2, new KeyedRandom(1)), Is.Null, "nothing is louder");
        });
    }

    [Test]
    public void OfSamplesAnEventIsAdded()
    {
        InputGrid grid = new(1, 1, 7, 70);
        float[] host = [.. Enumerable.Repeat(0.5f, 70)], guest = [.. Enumerable.Range(0, 70).Select(i => i is >= 30 and < 44 ? 1f : 0)];
        KnownClip planted = new ClipMixer(grid).Plant(host, 1, guest, 0, 0.2, new KeyedRandom(5))!;
        Assert.That(planted.Input.Count(value => value == 1.5f), Is.EqualTo(14));
        Assert.That(planted.Place.Index().Where(cell => cell.Item).Select(cell => cell.Index), Is.SubsetOf(Enumerable.Range(Array.IndexOf(planted.Input, 1.5f) / 10, 3)));
    }

    [Test]
    public void TheMeasuresAreThoseOfTheTextbook()
    {
        KnownClip clip = new([], 0, 1, [true, true, false, false, false]);
        Assert.Multiple(() =>
        {
            Assert.That(clip.MassIn([2, 1, 1, -5, 0]), Is.EqualTo(0.75).Within(1e-12));
            Assert.That(clip.RankIn([2, 1, 3, -5, 0], new KeyedRandom(1)), Is.EqualTo(0.5).Within(1e-12));
            Assert.That(clip.PointIn([2, 1, 3, -5, 0], new KeyedRandom(1)), Is.Zero);
            Assert.That(clip.PointIn([2, 4, 3, -5, 0], new KeyedRandom(1)), Is.EqualTo(1));
            Assert.That(clip.MassIn([-1, -1, 0, 0, 0]), Is.NaN, "no positive relevance");
        });
    }

    [Test]
    public void PairsAreOfDifferentClassesHeardRightlyAndShareNoClip()
    {
        ClipOutcome[] clips = [.. Enumerable.Range(0, 30).Select(clip => new ClipOutcome { Clip = clip, Truth = clip % 3, Predicted = clip % 10 == 0 ? (clip + 1) % 3 : clip % 3, Probability = 1 })];
        (ClipOutcome First, ClipOutcome Second)[] pairs = ClipPairs.Draw(clips, 99, new KeyedRandom(1));
        Assert.Multiple(() =>
        {
            Assert.That(pairs, Has.Length.InRange(10, 13));
            Assert.That(pairs.SelectMany(pair => new[] { pair.First.Clip, pair.Second.Clip }), Is.Unique.And.All.Matches<int>(clip => clip % 10 != 0));
            Assert.That(pairs.Select(pair => pair.First.Truth != pair.Second.Truth), Is.All.True);
            Assert.That(ClipPairs.Draw(clips, 4, new KeyedRandom(1)), Has.Length.EqualTo(4));
            Assert.That(ClipPairs.Draw([.. clips.Where(clip => clip.Truth == 1)], 4, new KeyedRandom(1)), Is.Empty, "one class makes no pair");
        });
    }

    [Test]
    public void WhereOnlyAPlantedBandMattersTheTrueMapWinsBothProtocolsAndAnotherPatchIsNotEffective()
    {
        using AudioClassifier model = AudioClassifier.FromOnnx(BandSums.Build());
        Corpus corpus = BandSums.Corpus(48);
        VerificationResult result = Verification.Run(model, corpus, new VerificationOptions
        {
            Methods = [new InputXGradient(), new Elsewhere()],
            Controlled = new ControlledProtocol { Fractions = [0.04], Fills = [FillKind.Minimum, FillKind.Mean], Draws = 2, Resamples = 4999 },
            MetricClipsPerClass = 0,
            SanityClipsPerClass = 0,
        });
        GroundTruthRow truth = result.GroundTruth!.Rows.Single(row => row.Method == "input-x-gradient");
        Assert.Multiple(() =>
        {
            Assert.That(result.Controlled!.Winner, Is.EqualTo("input-x-gradient"), result.Controlled.Verdict);
            Assert.That(result.GroundTruth.Winner, Is.EqualTo("input-x-gradient"), result.GroundTruth.Verdict);
            Assert.That(result.Winner, Is.EqualTo("input-x-gradient"));
            Assert.That(result.Verdict, Does.StartWith("input-x-gradient wins both"));
            Assert.That(result.Controlled.Ranking.Single(row => row.Method == "Elsewhere").IsEffective, Is.False);
            Assert.That(truth.Mosaic.Mean, Is.GreaterThan(0.8));
            Assert.That(truth.EventMass.Mean, Is.GreaterThan(2 * truth.EventChance));
            Assert.That(result.GroundTruth.Rows.Single(row => row.IsReference).Mosaic.Mean, Is.EqualTo(0.5).Within(1e-9), "loudness, by construction");
        });
    }

    private static float[] Clip(Func<int, int, float> value) => [.. Enumerable.Range(0, 36).Select(cell => value(cell / 9, cell % 9))];

    private static bool[] Cells(Func<int, int, bool> isIn) => [.. Enumerable.Range(0, 36).Select(cell => isIn(cell / 9, cell % 9))];

    // A patch that no class hangs on
    private sealed record Elsewhere : AttributionMethod
    {
        protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
        {
            FloatTensor map = new(request.Input.Shape);
            for (int item = 0; item < request.Items; item++)
                map.Item(item).Span[((BandSums.Bins - 2) * BandSums.Frames)..].Fill(1);
            return new AttributionOutcome { Map = map };
        }
    }
}
