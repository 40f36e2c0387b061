namespace AudioEmotionXai.Evaluation.Tests;

public sealed class ControlledProtocolTests
{
    private static readonly ControlledProtocol Quick = new() { Fractions = [0.1, 0.2], Fills = [FillKind.Minimum, FillKind.Mean], Draws = 4, Permutations = 999, Resamples = 200 };

    [Test]
    public void TheTrueMapWinsAgainstARandomOne()
    {
        ControlledTable table = Run(Quick, seed: 1, clips: 20, (_, model) => model.Weights, (clip, model) => RandomMap(model, 50 + clip));
        EffectRow[] all = [.. table.Effects.Where(row => row.Method == "method0" && row.Group == ClipGroup.All)];
        Assert.Multiple(() =>
        {
            Assert.That(all.Select(row => row.PValue), Has.All.LessThan(0.01));
            Assert.That(all.Select(row => row.Efficiency.Low), Has.All.GreaterThan(0));
            Assert.That(table.Winner, Is.EqualTo("method0"));
            Assert.That(table.Ranking.Select(row => row.Rank), Is.EqualTo(new[] { 1, 2 }));
        });
    }

    [Test]
    public void TwoEqualMethodsGiveNoWinnerAndShareTheFirstPlace()
    {
        ControlledTable table = Run(Quick, seed: 2, clips: 20, (_, model) => model.Weights, (_, model) => model.Weights);
        Assert.Multiple(() =>
        {
            Assert.That(table.Winner, Is.Null);
            Assert.That(table.Ranking.Select(row => row.Rank), Is.EqualTo(new[] { 1, 1 }));
            Assert.That(table.Pairs.Single().PValue, Is.EqualTo(1));
            Assert.That(table.Verdict, Does.StartWith("No winner").And.Contains("cannot be told apart"));
        });
    }

    [Test]
    public void TwoEquallyGoodButDifferentMethodsGiveNoWinner()
    {
        ControlledTable table = Run(Quick, seed: 3, clips: 24, (clip, model) => Noisy(model, clip), (clip, model) => Noisy(model, 1000 + clip));
        Assert.That(table.Winner, Is.Null);
    }

    [Test]
    public void RandomMapsGiveUniformPValues()
    {
        ControlledProtocol protocol = Quick with { Permutations = 199, Resamples = 100, Fills = [FillKind.Minimum] };
        List<double> scattered = [];
        for (int run = 0; run < 200; run++)
        {
            int offset = 10_000 * run;
            ControlledTable table = Run(protocol, seed: run, clips: 10, (clip, model) => RandomMap(model, offset + clip));
            scattered.Add(table.Effects.Single(row => row.Group == ClipGroup.All && row.Control == MaskControl.Scattered).PValue);
        }

        Assert.That(KolmogorovDistance(scattered), Is.LessThan(0.115), "the 1 % limit for 200 values");
    }

    [Test]
    public void RandomMapsGiveUniformPValuesAgainstMovedAreasToo()
    {
        ControlledProtocol protocol = Quick with { Permutations = 199, Resamples = 100, Fills = [FillKind.Minimum] };
        List<double> moved = [];
        for (int run = 0; run < 200; run++)
        {
            int offset = 10_000 * run;
            ControlledTable table = Run(protocol, seed: run, clips: 10, (clip, model) => RandomMap(model, offset + clip));
            moved.Add(table.Effects.Single(row => row.Group == ClipGroup.All && row.Control == MaskControl.ShapeMatched).PValue);
        }

        Assert.That(KolmogorovDistance(moved), Is.LessThan(0.115), "the 1 % limit for 200 values");
    }

    [Test]
    public void AMapOfUnimportanceIsEffectiveWhereItsCellsDoNotMatterAndIsNotRanked()
    {
        ControlledTable table = Run(Quick, seed: 4, clips: 20, MapMeaning.Unimportance, (_, model) => [.. model.Weights.Select(weight => 1 - weight)]);
        EffectRow row = table.Effects.Single(effect => effect.Group == ClipGroup.All && effect.Control == MaskControl.Scattered);
        Assert.Multiple(() =>
        {
            Assert.That(row.Efficiency.Mean, Is.GreaterThan(0));
            Assert.That(row.PValue, Is.LessThan(0.01));
            Assert.That(row.ImportantDrop.Mean, Is.Zero.Within(1e-6), "cells outside the patch change nothing");
            Assert.That(row.ControlDrop.Mean, Is.EqualTo(row.Efficiency.Mean).Within(1e-6));
            Assert.That(table.Ranking, Is.Empty);
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
            Assert.That(table.Verdict, Does.StartWith("No comparison: method0").And.Contains("beats both controls"));
        });
    }

    [Test]
    public void RightAndWrongPredictionsHaveRowsOfTheirOwn()
    {
        ControlledTable table = Run(Quick, seed: 5, clips: 9, (_, model) => model.Weights);
        Assert.Multiple(() =>
        {
            Assert.That(table.Effects.Single(row => row.Group == "predicted wrong" && row.Control == MaskControl.Scattered).Efficiency.Count, Is.EqualTo(3));
            Assert.That(table.Effects.Single(row => row.Group == "predicted right" && row.Control == MaskControl.Scattered).Efficiency.Count, Is.EqualTo(6));
            Assert.That(table.Conditions, Has.Count.EqualTo(8));
        });
    }

    [Test]
    public void AClipCostsWhatTheProtocolSays()
    {
        PatchModel model = new(8, 11, 2, 3, 3, 3);
        Measure(Quick, model, 0, 1, MapMeaning.Positive, [(_, m) => m.Weights, (_, m) => m.Weights]);
        Assert.That(model.Runs, Is.EqualTo(Quick.RunsPerClip(2)));
    }

    [Test]
    public void MaskingExactlyThePatchDropsToTheFillsProbability()
    {
        PatchModel model = new(8, 11, 2, 3, 3, 3);
        ControlledProtocol protocol = Quick with { Fractions = [9.0 / 88] };
        ClipOutcome clip = Measure(protocol, model, 0, 1, MapMeaning.Positive, [(_, m) => m.Weights]);
        float[] sample = model.Sample(0);
        Assert.Multiple(() =>
        {
            Assert.That(clip.Controlled!.ImportantAt(0, 0), Is.EqualTo(model.Probability(sample) - (1 / (1 + MathF.Exp(-9 * sample.Min())))).Within(1e-5));
            Assert.That(clip.Controlled!.ImportantAt(0, 1), Is.EqualTo(model.Probability(sample) - (1 / (1 + MathF.Exp(-9 * sample.Average())))).Within(1e-5));
        });
    }

    [Test]
    public void FillsTakeTurnsFromClipToClipAndTheTablesCountWhatWasMeasured()
    {
        ControlledTable table = Run(Quick with { FillsPerClip = 1 }, seed: 6, clips: 9, (_, model) => model.Weights);
        Assert.Multiple(() =>
        {
            Assert.That(table.Conditions.Where(row => row.Fill == FillKind.Minimum).Select(row => row.Efficiency.Count), Has.All.EqualTo(5));
            Assert.That(table.Conditions.Where(row => row.Fill == FillKind.Mean).Select(row => row.Efficiency.Count), Has.All.EqualTo(4));
            Assert.That(table.Effects.First(row => row.Group == ClipGroup.All).Efficiency.Count, Is.EqualTo(9));
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

    private static ControlledTable Run(ControlledProtocol protocol, long seed, int clips, MapMeaning meaning, params Func<int, PatchModel, float[]>[] methods)
    {
        PatchModel model = new(8, 11, 2, 3, 3, 3);
        ClipOutcome[] outcomes = [.. Enumerable.Range(0, clips).Select(clip => Measure(protocol, model, clip, seed, meaning, methods))];
        return new ControlledTableBuilder(protocol, Traits(methods.Length, meaning), outcomes, seed).Build(ClipGroup.Of(["yes", "no"], areTruthsKnown: true));
    }

    private static ClipOutcome Measure(ControlledProtocol protocol, PatchModel model, int clip, long seed, MapMeaning meaning, Func<int, PatchModel, float[]>[] methods)
    {
        float[] sample = model.Sample(clip);
        float probability = model.Probability(sample);
        ControlledMasking masking = new(protocol, model.Grid, seed);
        ClipDrops drops = masking.Measure(model.Batch(), sample, Traits(methods.Length, meaning), [.. methods.Select(method => method(clip, model))], clip, 0, probability);
        return new ClipOutcome { Clip = clip, Truth = clip % 3 == 0 ? 1 : 0, Predicted = 0, Probability = probability, Controlled = drops };
    }

    private static MethodTraits[] Traits(int count, MapMeaning meaning) => [.. Enumerable.Range(0, count).Select(i => MethodTraits.Of($"method{i}", meaning))];

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

    private static double KolmogorovDistance(List<double> pValues)
    {
        pValues.Sort();
        double distance = 0;
        for (int i = 0; i < pValues.Count; i++)
            distance = Math.Max(distance, Math.Max(Math.Abs(pValues[i] - ((i + 1.0) / pValues.Count)), Math.Abs(pValues[i] - ((double)i / pValues.Count))));
        return distance;
    }
}
