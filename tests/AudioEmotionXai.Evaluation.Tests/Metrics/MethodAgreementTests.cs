namespace AudioEmotionXai.Evaluation.Tests;

public sealed class MethodAgreementTests
{
    private static readonly VerificationOptions s_options = new() { Methods = [new Gradient()] };

    private static readonly MethodTraits[] s_methods =
        [MethodTraits.Of("a", MapMeaning.Signed), MethodTraits.Of("b", MapMeaning.Positive), MethodTraits.Of("c", MapMeaning.Unimportance)];

    [Test]
    public void EqualMapsAgreeReversedOnesDisagreeAndUnimportanceIsReadTheOtherWay()
    {
        MethodAgreement agreement = new(s_methods, s_options);
        for (int clip = 0; clip < 7; clip++)
        {
            float[] map = TinyModels.Input(clip, 13 * 17).Span.ToArray();
            agreement.Add([map, Array.ConvertAll(map, value => -value), Array.ConvertAll(map, value => -value)], clip);
        }

        AgreementRow[] rows = agreement.Rows();
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => (row.First, row.Second)), Is.EqualTo(new[] { ("a", "b"), ("a", "c"), ("b", "c") }));
            Assert.That(rows.Select(row => row.RankCorrelation.Mean), Is.EqualTo(new[] { -1.0, 1, -1 }).Within(1e-12));
            Assert.That(rows.Select(row => row.TopOverlap.Mean), Is.EqualTo(new[] { 0.0, 1, 0 }).Within(1e-12));
            Assert.That(rows[0].TopOverlap.Count, Is.EqualTo(7));
        });
    }

    [Test]
    public void IndependentMapsShareATenthOfTheirTop()
    {
        // 40 clips of 221 cells, tops of 22: a standard error of 0.01
        MethodAgreement agreement = new(s_methods, s_options);
        for (int clip = 0; clip < 40; clip++)
            agreement.Add([Map(3 * clip), Map((3 * clip) + 1), Map((3 * clip) + 2)], clip);
        Assert.That(agreement.Rows().Select(row => row.TopOverlap.Mean), Has.All.EqualTo(0.1).Within(0.035));
        Assert.That(agreement.Rows().Select(row => row.RankCorrelation.Mean), Has.All.EqualTo(0).Within(0.04));
    }

    [Test]
    public void AConstantMapHasNoRanksAndCountsForNothing()
    {
        MethodAgreement agreement = new(s_methods, s_options);
        agreement.Add([Map(1), new float[221], Map(2)], 0);
        Assert.That(agreement.Rows()[0].RankCorrelation.Mean, Is.NaN);
        Assert.That(agreement.Rows()[1].RankCorrelation.Count, Is.EqualTo(1));
    }

    // Not TinyModels.Input: Random's draws for neighbouring seeds go together
    private static float[] Map(int seed)
    {
        KeyedRandom random = new(seed);
        return [.. Enumerable.Range(0, 13 * 17).Select(_ => (float)random.NextNormal())];
    }
}
