namespace AudioEmotionXai.Tests;

public sealed class ConservationTests
{
    private static readonly Dictionary<string, RelevanceRules> s_rules = new()
    {
        ["epsilon"] = RelevancePresets.Epsilon(1e-9f),
        ["zplus"] = RelevancePresets.ZPlus(),
        ["gamma"] = RelevancePresets.Gamma(),
        ["alpha-beta"] = RelevancePresets.AlphaBeta(),
        ["epsilon-plus"] = RelevancePresets.EpsilonPlus(),
        ["epsilon-plus-flat"] = RelevancePresets.EpsilonPlusFlat(),
        ["epsilon-alpha2-beta1-flat"] = RelevancePresets.EpsilonAlpha2Beta1Flat(),
        ["epsilon-gamma-box"] = RelevancePresets.EpsilonGammaBox(),
        ["w-squared first"] = RelevancePresets.EpsilonPlus() with { First = new WSquareRule() },
    };

    private static IEnumerable<string> Rules => s_rules.Keys;

    [TestCaseSource(nameof(Rules))]
    public void ANetworkWithoutBiasesKeepsAllRelevance(string name)
    {
        using AudioClassifier model = TinyModels.Load(PlainNetworks.Rectified(withBias: false).Model);
        FloatTensor input = TinyModels.Input(13, 4, PlainNetworks.Channels, PlainNetworks.Height, PlainNetworks.Width);
        ProgramOutput output = model.Run(new RelevanceProgram(s_rules[name], ScoreStart.Logit), input, [2, 2, 2, 2], default);
        for (int item = 0; item < 4; item++)
        {
            double start = output.Logits.Item(item).Span[2];
            Assert.That(Sum(output.Relevance.Item(item).Span), Is.EqualTo(start).Within(1e-4 * Math.Max(1, Math.Abs(start))), $"item {item}");
        }
    }

    [TestCase("epsilon")]
    [TestCase("gamma")]
    [TestCase("epsilon-gamma-box")]
    public void RulesThatShareOutEverySignKeepAllRelevanceOfSignedSumsToo(string name)
    {
        using AudioClassifier model = TinyModels.Load(PlainNetworks.Residual(withBias: false).Model);
        FloatTensor input = TinyModels.Input(17, 4, PlainNetworks.Channels, PlainNetworks.Height, PlainNetworks.Width);
        ProgramOutput output = model.Run(new RelevanceProgram(s_rules[name], ScoreStart.Logit), input, [0, 0, 0, 0], default);
        for (int item = 0; item < 4; item++)
        {
            double start = output.Logits.Item(item).Span[0];
            Assert.That(Sum(output.Relevance.Item(item).Span), Is.EqualTo(start).Within(1e-4 * Math.Max(1, Math.Abs(start))), $"item {item}");
        }
    }

    [TestCaseSource(nameof(Rules))]
    public void TheLedgerClosesWhateverTheRulesAre(string name)
    {
        using AudioClassifier model = TinyModels.Load(PlainNetworks.Residual(withBias: true).Model);
        FloatTensor input = TinyModels.Input(19, 3, PlainNetworks.Channels, PlainNetworks.Height, PlainNetworks.Width);
        AttributionResult result = new Lrp { CustomRules = s_rules[name], Ledger = true }.Attribute(model, input);
        for (int item = 0; item < 3; item++)
            Assert.That(Detail(result, item, "ledger_rounding"), Is.EqualTo(0).Within(1e-4), $"item {item}");
    }

    [TestCase("epsilon")]
    [TestCase("gamma")]
    [TestCase("alpha-beta")]
    [TestCase("epsilon-plus-flat")]
    [TestCase("epsilon-gamma-box")]
    public void TheLedgerOfTheBundledModelCloses(string rules)
    {
        (AudioClassifier model, FloatTensor samples) = FirstSamples.Load(3);
        using (model)
        {
            AttributionResult result = AttributionMethods.Parse($"lrp rules={rules} ledger=true").Attribute(model, samples);
            for (int item = 0; item < 3; item++)
            {
                double start = Detail(result, item, "relevance_start");
                Assert.That(start, Is.EqualTo(result.Predictions[item].Logits.Span[result.Targets[item]]).Within(1e-6));
                double rest = Detail(result, item, "ledger_bias") + Detail(result, item, "ledger_epsilon") + Detail(result, item, "ledger_dropped");
                Assert.That(Detail(result, item, "relevance_map") + rest, Is.EqualTo(start).Within(1e-4 * start));
                foreach (AttributionDetail row in result.Details.Where(detail => detail.Item == item && detail.Name.StartsWith("ledger/", StringComparison.Ordinal)))
                {
                    ReadOnlySpan<double> cells = row.Values.Span;
                    Assert.That(cells[0] - cells[1] - cells[2] - cells[3] - cells[4], Is.EqualTo(0).Within(1e-4 * start), row.Name);
                }
            }
        }
    }

    [Test]
    public void TheLedgerLeavesTheMapAsItIs()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(2);
        float[] plain = new Lrp().Attribute(model, input).Map.Span.ToArray();
        Differences differences = Differences.Between(new Lrp { Ledger = true }.Attribute(model, input).Map.Span, plain);
        Assert.That(differences.OfLargest, Is.LessThanOrEqualTo(1e-6));
    }

    private static double Detail(AttributionResult result, int item, string name) =>
        result.Details.Single(detail => detail.Item == item && detail.Name == name).Values.Span[0];

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }
}
