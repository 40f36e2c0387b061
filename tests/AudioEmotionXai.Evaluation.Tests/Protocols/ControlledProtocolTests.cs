namespace AudioEmotionXai.Evaluation.Tests;

public sealed class ControlledProtocolTests
{
    // The patch is louder than its surroundings: every fill hides something
    private const float Louder = 0.4f;

    private static readonly ControlledProtocol Quick = new() { Fractions = [0.1, 0.2], Fills = [FillKind.Minimum, FillKind.Mean], Draws = 4, Resamples = 999 };

    [Test]
    public void TheTrueMapWinsAgainstARandomOne()
    {
        ControlledTable table = Run(Quick, seed: 1, clips: 20, (_, model) => model.Weights, (clip, model) => RandomMap(model, 50 + clip));
        EffectRow[] all = [.. table.Effects.Where(row => row.Method == "method0" && row.Group == ClipGroup.All)];
        Assert.Multiple(() =>
        {
            Assert.That(all, Has.Length.EqualTo(3), "three controls");
            Assert.That(all.Select(row => row.PValue), Has.All.LessThan(0.01));
            Assert.That(all.Select(row => row.Efficiency.Low), Has.All.GreaterThan(0));
            Assert.That(table.Winner, Is.EqualTo("method0"));
            Assert.That(table.Ranking.Single(row => row.Method == "method0"), Has.Property("Rank").EqualTo(1).And.Property("Why").Empty);
            Assert.That(table.Ranking.Single(row => row.Method == "method1").Why, Does.Contain("loudness"));
        });
    }

    [Test]
    public void TheLoudnessOfTheClipIsNeverEffectiveThoughItBeatsScatteredCells()
    {
        // Loud cells add most to this model's score wherever the patch is: a map of loudness beats scattered cells without knowing the model
        PatchModel everywhere = new(8, 11, 0, 0, 8, 11, weight: 0.05f);
        ControlledTable table = Run(everywhere, Quick, seed: 1, clips: 20, MapMeaning.Positive, (clip, model) => model.Sample(clip, Louder));
        RankRow loudness = table.Ranking.Single(row => row.Method == "method0");
        EffectRow OfControl(MaskControl control) => table.Effects.Single(row => row.Method == "method0" && row.Group == ClipGroup.All && row.Control == control);
        Assert.Multiple(() =>
        {
            Assert.That(OfControl(MaskControl.Scattered).Efficiency.Low, Is.GreaterThan(0));
            Assert.That(Math.Abs(OfControl(MaskControl.EquallyLoud).Efficiency.Mean), Is.LessThan(0.1 * OfControl(MaskControl.Scattered).Efficiency.Mean));
            Assert.That(loudness.IsEffective, Is.False);
            Assert.That(loudness.Why, Does.Contain("equally loud cells").And.Contain("loudness"));
        });
    }

    [Test]
    public void AMapOfAnotherPatchIsNotEffective()
    {
        PatchModel other = new(8, 11, 5, 7, 3, 3);
        ControlledTable table = Run(Quick, seed: 9, clips: 24, (_, model) => model.Weights, (_, _) => other.Weights);
        Assert.Multiple(() =>
        {
            Assert.That(table.Winner, Is.EqualTo("method0"));
            Assert.That(table.Ranking.Single(row => row.Method == "method1").IsEffective, Is.False);
        });
    }

    [Test]
    public void AnEffectOfTwoSignsIsNamedWithEachFillAndCountsForNothing()
    {
        // A quiet patch speaks for the class: silence in it makes the answer surer, the mean less sure; elsewhere nothing happens
        PatchModel quiet = new(8, 11, 2, 3, 3, 3, weight: -1);
        ControlledTable table = Run(
            quiet, Quick with { Fractions = [9.0 / 88] }, seed: 3, clips: 24, MapMeaning.Positive, (_, model) => [.. model.Weights.Select(Math.Abs)]);
        FillRow fills = table.Fills.First(row => row.Method == "method0" && row.Fraction is null);
        Assert.Multiple(() =>
        {
            Assert.That(fills.Fills.Select(fill => fill.Fill), Is.EqualTo(new[] { FillKind.Minimum, FillKind.Mean }));
            Assert.That(fills.Fills[0].Efficiency.Mean, Is.LessThan(0));
            Assert.That(fills.DependsOnFill, Is.EqualTo(fills.Fills[1].Efficiency.Mean > 0));
            Assert.That(table.Ranking.Single(row => row.Method == "method0").IsEffective, Is.False);
        });
    }

    [Test]
    public void TwoEqualMethodsGiveNoWinnerAndShareTheirPlace()
    {
        ControlledTable table = Run(Quick, seed: 2, clips: 20, (_, model) => model.Weights, (_, model) => model.Weights);
        PairRow pair = table.Pairs.Single(row => row.First.StartsWith("method", StringComparison.Ordinal) && row.Second.StartsWith("method", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(table.Winner, Is.Null);
            Assert.That(table.Ranking.Take(2).Select(row => (row.Rank, row.IsReference)), Is.All.EqualTo((1, false)));
            Assert.That(pair.PValue, Is.EqualTo(1));
            Assert.That(table.Verdict, Does.StartWith("No winner").And.Contains("none is better").And.Contains("four of five"));
        });
    }

    [Test]
    public void TwoEquallyGoodButDifferentMethodsGiveNoWinner()
    {
        ControlledTable table = Run(Quick, seed: 3, clips: 24, (clip, model) => Noisy(model, clip), (clip, model) => Noisy(model, 1000 + clip));
        Assert.That(table.Winner, Is.Null);
    }

    [TestCase(MaskControl.Scattered)]
    [TestCase(MaskControl.ShapeMatched)]
    [TestCase(MaskControl.EquallyLoud)]
    public void RandomMapsAreCalledBetterThanAControlAboutAsOftenAsTheLevelSays(MaskControl control)
    {
        ControlledProtocol protocol = Quick with { Resamples = 199, Fills = [FillKind.Minimum], Draws = 2 };
        int significant = 0;
        for (int run = 0; run < 200; run++)
        {
            int offset = 10_000 * run;
            ControlledTable table = Run(protocol, seed: run, clips: 12, (clip, model) => RandomMap(model, offset + clip));
            significant += table.Effects.First(row => row.Group == ClipGroup.All && row.Control == control).PValue < 0.05 ? 1 : 0;
        }

        Assert.That(significant / 200.0, Is.LessThan(0.1), "5 % and three standard errors of 200 runs");
    }

    [Test]
    public void AMapOfUnimportanceIsMeasuredTheOtherWayRoundAndNotRanked()
    {
        ControlledTable table = Run(Quick, seed: 4, clips: 20, MapMeaning.Unimportance, (_, model) => [.. model.Weights.Select(weight => 1 - weight)]);
        EffectRow row = table.Effects.First(effect => effect.Group == ClipGroup.All && effect.Control == MaskControl.Scattered);
        Assert.Multiple(() =>
        {
            Assert.That(row.Efficiency.Mean, Is.GreaterThan(0));
            Assert.That(row.PValue, Is.LessThan(0.01));
            Assert.That(row.ImportantDrop.Mean, Is.Zero.Within(1e-6), "cells outside the patch change nothing");
            Assert.That(row.ControlDrop.Mean, Is.EqualTo(row.Efficiency.Mean).Within(1e-6));
            Assert.That(table.Ranking.Where(rank => !rank.IsReference), Is.Empty);
            Assert.That(table.Verdict, Does.StartWith("No winner"));
        });
    }

    [Test]
    public void AMethodWithoutACompetitorDoesNotWin()
    {
        ControlledTable table = Run(Quick, seed: 7, clips: 20, (_, model) => model.Weights);
        Assert.Multiple(() =>
        {
            Assert.That(table.Winner, Is.Null);
            Assert.That(table.Verdict, Does.StartWith("No comparison: method0").And.Contains("beats all controls"));
        });
    }

    [Test]
    public void RightAndWrongPredictionsHaveRowsOfTheirOwn()
    {
        ControlledTable table = Run(Quick, seed: 5, clips: 9, (_, model) => model.Weights);
        EffectRow Of(string group) => table.Effects.First(row => row.Group == group && row.Control == MaskControl.Scattered);
        Assert.Multiple(() =>
        {
            Assert.That(Of("predicted wrong").Efficiency.Count, Is.EqualTo(3));
            Assert.That(Of("predicted wrong").PValue, Is.NaN, "three clips are no test");
            Assert.That(Of("predicted right").Efficiency.Count, Is.EqualTo(6));
            Assert.That(table.Fills, Has.Count.EqualTo(2 * 3 * 3), "two rows, three controls, two shares and all of them");
        });
    }

    [Test]
    public void AClipCostsWhatTheProtocolSays()
    {
        PatchModel model = new(8, 11, 2, 3, 3, 3);
        Measure(Quick, model, 0, 1, MapMeaning.Signed, [(_, m) => m.Weights, (_, m) => m.Weights]);
        Assert.That(model.Runs, Is.EqualTo(2 * 2 * ((3 * (1 + (2 * 4))) + 4 + 2)), "shares x fills x (rows, two controls of each, scattered, other order)");
    }

    [Test]
    public void MaskingExactlyThePatchDropsToTheFillsAnswerOnBothScales()
    {
        PatchModel model = new(8, 11, 2, 3, 3, 3);
        ControlledProtocol protocol = Quick with { Fractions = [9.0 / 88] };
        ClipDrops drops = Measure(protocol, model, 0, 1, MapMeaning.Positive, [(_, m) => m.Weights]).Controlled!;
        float[] sample = model.Sample(0, Louder);
        Assert.Multiple(() =>
        {
            foreach ((int condition, float fill) in new[] { sample.Min(), sample.Average() }.Index())
            {
                Assert.That(drops.Own(0, DropScale.Probability, [condition]), Is.EqualTo(model.Probability(sample) - (1 / (1 + MathF.Exp(-9 * fill)))).Within(1e-5));
                Assert.That(drops.Own(0, DropScale.LogOdds, [condition]), Is.EqualTo(model.Logit(sample) - (9 * fill)).Within(1e-5));
            }
        });
    }

    [Test]
    public void FillsTakeTurnsFromClipToClipAndTheTablesCountWhatWasMeasured()
    {
        ControlledTable table = Run(Quick with { FillsPerClip = 1 }, seed: 6, clips: 9, (_, model) => model.Weights);
        Assert.Multiple(() =>
        {
            Assert.That(table.Fills.Select(row => row.Fills[0].Efficiency.Count), Has.All.EqualTo(5));
            Assert.That(table.Fills.Select(row => row.Fills[1].Efficiency.Count), Has.All.EqualTo(4));
            Assert.That(table.Effects[0].Efficiency.Count, Is.EqualTo(9));
        });
    }

    [Test]
    public void TheOrderOfSignedMapsIsSaidToDecideWhereItDoes()
    {
        // The first map's largest values are the patch, but its largest magnitudes lie elsewhere; the second's are the patch either way, weaker
        float[] Misleading(PatchModel model) => [.. model.Weights.Select((weight, cell) => weight > 0 ? 1f : cell % 3 == 0 ? -2f : 0)];
        float[] Weak(PatchModel model) => [.. model.Weights.Select((weight, cell) => weight > 0 && cell % 9 != 0 ? 1f : 0)];
        ControlledTable table = Run(Quick, seed: 8, clips: 30, MapMeaning.Signed, (_, model) => Misleading(model), (_, model) => Weak(model));
        Assert.Multiple(() =>
        {
            Assert.That(table.Order, Is.EqualTo(SignedMapOrder.Evidence));
            Assert.That(table.OtherOrder!.Leader, Is.EqualTo("method0"));
            Assert.That(table.OtherOrder.OtherLeader, Is.EqualTo("method1"));
            Assert.That(table.Verdict, Does.Contain("The order of signed maps decides who leads: by evidence method0, by magnitude method1"));
        });
    }

    [Test]
    public void ClipsOfAGroupCountTogether()
    {
        ControlledTable clips = Run(Quick, seed: 6, clips: 36, (clip, model) => Noisy(model, clip / 4)), groups = Run(Quick, seed: 6, clips: 36, units: clip => clip / 4, (clip, model) => Noisy(model, clip / 4));
        Assert.Multiple(() =>
        {
            Assert.That((clips.Unit, clips.Units), Is.EqualTo(("clips", 36)));
            Assert.That((groups.Unit, groups.Units), Is.EqualTo(("groups", 9)));
            Assert.That(groups.Effects[0].Efficiency.Mean, Is.EqualTo(clips.Effects[0].Efficiency.Mean).Within(1e-12));
            Assert.That(groups.Effects[0].Efficiency.High, Is.Not.EqualTo(clips.Effects[0].Efficiency.High));
        });
    }

    [TestCase(12, 4, 4)]
    [TestCase(300, 3, 1)]
    [TestCase(897, 1, 1)]
    public void ManyClipsNeedFewerDrawsAndFillsEach(int clips, int draws, int fills)
    {
        ControlledProtocol chosen = new ControlledProtocol().For(clips);
        Assert.That((chosen.Draws, chosen.FillsPerClip), Is.EqualTo((draws, fills)));
    }

    [Test]
    public void OptionsOutOfRangeAreRefusedByName() =>
        Assert.That(() => new ControlledProtocol { Fractions = [0.1, 1] }.Validate(), Throws.ArgumentException.With.Message.Contains("Fractions is 1"));

    private static ControlledTable Run(ControlledProtocol protocol, long seed, int clips, params Func<int, PatchModel, float[]>[] methods) =>
        Run(protocol, seed, clips, MapMeaning.Positive, methods);

    private static ControlledTable Run(ControlledProtocol protocol, long seed, int clips, MapMeaning meaning, params Func<int, PatchModel, float[]>[] methods) =>
        Run(new PatchModel(8, 11, 2, 3, 3, 3), protocol, seed, clips, meaning, methods);

    private static ControlledTable Run(ControlledProtocol protocol, long seed, int clips, Func<int, int> units, params Func<int, PatchModel, float[]>[] methods) =>
        Run(new PatchModel(8, 11, 2, 3, 3, 3), protocol, seed, clips, MapMeaning.Positive, methods, [.. Enumerable.Range(0, clips).Select(units)]);

    private static ControlledTable Run(
        PatchModel model, ControlledProtocol protocol, long seed, int clips, MapMeaning meaning, params Func<int, PatchModel, float[]>[] methods) =>
        Run(model, protocol, seed, clips, meaning, methods, []);

    private static ControlledTable Run(
        PatchModel model, ControlledProtocol protocol, long seed, int clips, MapMeaning meaning, Func<int, PatchModel, float[]>[] methods, int[] units)
    {
        ClipOutcome[] outcomes = [.. Enumerable.Range(0, clips).Select(clip => Measure(protocol, model, clip, seed, meaning, methods))];
        MethodTraits[] rows = Rows(methods.Length, meaning);
        return new ControlledTableBuilder(protocol, rows, rows.Length, outcomes, units, seed).Build(ClipGroup.Of(["yes", "no"], areTruthsKnown: true, outcomes));
    }

    private static ClipOutcome Measure(ControlledProtocol protocol, PatchModel model, int clip, long seed, MapMeaning meaning, Func<int, PatchModel, float[]>[] methods)
    {
        float[] sample = model.Sample(clip, Louder);
        MethodTraits[] rows = Rows(methods.Length, meaning);
        ControlledMasking masking = new(protocol, model.Grid, rows, rows.Length, seed);
        MaskedBatch batch = model.Classifier.CollectLogOdds([1, 1, model.Grid.Bins, model.Grid.Frames], default);
        ClipDrops drops = masking.Measure(batch, sample, [.. methods.Select(method => method(clip, model)), model.Grid.LoudnessOf(sample)], clip, 0, model.Logit(sample));
        return new ClipOutcome { Clip = clip, Truth = clip % 3 == 0 ? 1 : 0, Predicted = 0, Probability = model.Probability(sample), Controlled = drops };
    }

    private static MethodTraits[] Rows(int count, MapMeaning meaning) =>
        [.. Enumerable.Range(0, count).Select(i => MethodTraits.Of($"method{i}", meaning)), MethodTraits.Loudness()];

    private static float[] RandomMap(PatchModel model, int seed)
    {
        KeyedRandom random = new(991, seed);
        return [.. model.Weights.Select(_ => (float)random.NextDouble())];
    }

    private static float[] Noisy(PatchModel model, int seed)
    {
        KeyedRandom random = new(17, seed);
        return [.. model.Weights.Select(weight => weight + (float)random.NextNormal())];
    }
}
