namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>The checks on the trained model: methods that are known to ignore what the upper layers learned must be flagged.</summary>
public sealed class SanityChecksTests
{
    [Test]
    public void GuidedBackpropEigenCamAndPositiveRulesAreFlaggedOnThreeClips()
    {
        SanityTable table = Check(3, 3, 2, "guided-backprop", "eigencam", "lrp rules=zplus");
        AssertFlagged(table, 0, SanityPlace.Head, SanityPlace.OtherClass);
        AssertFlagged(table, 1, SanityPlace.Head, SanityPlace.OtherClass);
        AssertFlagged(table, 2, SanityPlace.Head);
        Assert.That(table.Verdict, Does.Contain("guided-backprop is flagged: its map hardly changes when the head is random ("));
        Assert.That(table.Rows[0].Places[0].Similarity, Is.GreaterThan(0.98));
    }

    [Test, Long]
    public void WithAllClipsAndTheDefaultOptionsThoseAloneAreFlagged()
    {
        SanityTable table = Check(
            24, 5, 6, "guided-backprop", "eigencam", "lrp rules=zplus", "lrp", "lrp rules=epsilon", "gradient", "input-x-gradient");
        TestContext.Out.WriteLine(table.Verdict);
        AssertFlagged(table, 0, SanityPlace.Head, SanityPlace.OtherClass);
        AssertFlagged(table, 1, SanityPlace.Head, SanityPlace.OtherClass);
        AssertFlagged(table, 2, SanityPlace.Head);
        foreach (SanityRow row in table.Rows.Skip(3))
        {
            Assert.That(row.Verdict, Is.AnyOf(SanityVerdict.Passes, SanityVerdict.Partly), row.InWords);
            Assert.That(row.Places[1].Verdict, Is.EqualTo(SanityVerdict.Passes), row.InWords);
        }
    }

    [Test]
    public void AMapOfConstantsIsNeverAPass()
    {
        SanityTable table = CheckTiny(new Constant(3));
        Assert.Multiple(() =>
        {
            Assert.That(table.Rows[0].Verdict, Is.EqualTo(SanityVerdict.Flagged), "the same for every model");
            Assert.That(table.Rows[0].Places.Select(place => place.Verdict), Has.All.EqualTo(SanityVerdict.NotDefined));
            Assert.That(table.Rows[0].Passes, Is.False);
        });
    }

    [Test]
    public void ASecretlyModelFreeMapIsFlaggedThoughRandomPairsAreAsAlike()
    {
        SanityTable table = CheckTiny(new Blurred());
        Assert.That(table.Rows[0].Places.Select(place => place.Verdict), Has.All.EqualTo(SanityVerdict.Flagged), table.Rows[0].InWords);
    }

    [Test]
    public void TheSameSeedGivesTheSameTable()
    {
        string first = Text(CheckTiny(new Gradient())), second = Text(CheckTiny(new Gradient()));
        Assert.That(second, Is.EqualTo(first));
    }

    private static string Text(SanityTable table) =>
        string.Join('\n', table.Rows.Select(row => $"{row.RandomPairs} {string.Join(' ', row.Places)} {string.Join(' ', row.Similarity)} {row.EntropyRise}"));

    private static void AssertFlagged(SanityTable table, int row, params SanityPlace[] places)
    {
        Assert.That(table.Rows[row].Verdict, Is.EqualTo(SanityVerdict.Flagged), table.Rows[row].InWords);
        foreach (SanityPlace place in places)
            Assert.That(table.Rows[row].Places.Single(judged => judged.Place == place).Verdict, Is.EqualTo(SanityVerdict.Flagged), $"{table.Rows[row].Method} {place}");
    }

    private static SanityTable Check(int clips, int networks, int stages, params string[] methods)
    {
        FloatTensor all = BundledSamples.Load().Spectrograms, input = new(clips, 1, all.Shape[2], all.Shape[3]);
        for (int i = 0; i < clips; i++)
            all.Item(i * (24 / clips)).Span.CopyTo(input.Item(i).Span);
        return new SanityChecks(
            GoldenAttributions.Model, [.. methods.Select(AttributionMethods.Parse)], methods, input, new SanityOptions { Networks = networks, Stages = stages }, 0)
            .Run((_, _) => { }, default);
    }

    private static SanityTable CheckTiny(AttributionMethod method)
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        return new SanityChecks(model, [method], ["method"], TinyModels.ImageInput(6), new SanityOptions { Networks = 3 }, 0)
            .Run((_, _) => { }, default);
    }

    private sealed record Constant(float Value) : AttributionMethod
    {
        protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
        {
            FloatTensor map = new(request.Input.Shape);
            map.Span.Fill(Value);
            return new AttributionOutcome { Map = map };
        }
    }

    // The input, with so little of the model in it that it differs in the last bits alone
    private sealed record Blurred : AttributionMethod
    {
        protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
        {
            FloatTensor map = request.Input.Clone(), logits = request.Model.Logits(request.Input, request.CancellationToken);
            for (int item = 0; item < request.Items; item++)
                foreach (ref float value in map.Item(item).Span)
                    value += 1e-4f * logits.Item(item).Span[request.Targets[item]] * value * value;
            return new AttributionOutcome { Map = map };
        }
    }
}
