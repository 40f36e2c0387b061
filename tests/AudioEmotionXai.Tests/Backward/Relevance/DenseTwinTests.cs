namespace AudioEmotionXai.Tests;

public sealed class DenseTwinTests
{
    private static readonly Dictionary<string, (LinearRule Rule, PlainRelevance.Rule Plain)> s_rules = new()
    {
        ["epsilon 1e-6"] = (new EpsilonRule(), PlainRelevance.Epsilon(1e-6)),
        ["epsilon 0.25"] = (new EpsilonRule { Epsilon = 0.25f }, PlainRelevance.Epsilon(0.25f)),
        ["z-plus"] = (new ZPlusRule(), PlainRelevance.ZPlus),
        ["alpha-beta 2 1"] = (new AlphaBetaRule(), PlainRelevance.AlphaBeta(2, 1)),
        ["alpha-beta 1.5 0.5"] = (new AlphaBetaRule(1.5f, 0.5f), PlainRelevance.AlphaBeta(1.5, 0.5)),
        ["gamma 0.25"] = (new GammaRule(), PlainRelevance.Gamma(0.25)),
        ["gamma 3"] = (new GammaRule { Gamma = 3 }, PlainRelevance.Gamma(3)),
        ["z-box"] = (new ZBoxRule { Low = -4, High = 4.5f }, PlainRelevance.ZBox(-4, 4.5)),
        ["w-squared"] = (new WSquareRule(), PlainRelevance.WSquare),
        ["flat"] = (new FlatRule(), PlainRelevance.Flat),
    };

    private static IEnumerable<string> Rules => s_rules.Keys;

    [TestCaseSource(nameof(Rules))]
    public void ARuleOnEveryLayerOfAResidualNetworkAgreesWithItsTwin(string name) =>
        AssertTwins(PlainNetworks.Residual(withBias: true), s_rules[name].Rule, s_rules[name].Plain);

    [TestCaseSource(nameof(Rules))]
    public void ARuleOnEveryLayerOfABranchingNetworkAgreesWithItsTwin(string name) =>
        AssertTwins(PlainNetworks.Branching(withBias: true), s_rules[name].Rule, s_rules[name].Plain);

    [TestCaseSource(nameof(Rules))]
    public void ARuleThatLeavesBiasesOutAgreesWithItsTwin(string name)
    {
        // Quotients by sums near zero, which a tiny epsilon does not damp, magnify the rounding of float32
        double bareTolerance = name == "epsilon 1e-6" ? 1e-4 : 1e-5;
        AssertTwins(PlainNetworks.Residual(withBias: true), s_rules[name].Rule with { Bias = false }, PlainRelevance.WithoutBias(s_rules[name].Plain), bareTolerance);
    }

    [TestCaseSource(nameof(Rules))]
    public void ARuleOnTheFirstLayerOnlyAgreesWithItsTwin(string name)
    {
        PlainNetwork network = PlainNetworks.Residual(withBias: true);
        RelevanceRules rules = RelevancePresets.EpsilonPlus(0.1f) with { First = s_rules[name].Rule };
        AssertTwins(network, rules, (x, target) => network.Relevance(x, target, PlainRelevance.ZPlus, PlainRelevance.Epsilon(0.1f), s_rules[name].Plain));
    }

    [TestCaseSource(nameof(Rules))]
    public void AProductWithAnAddedRowIsALayerWithABias(string name) =>
        AssertTwins(PlainNetworks.Residual(withBias: true, asMatMul: true), s_rules[name].Rule, s_rules[name].Plain);

    private static void AssertTwins(PlainNetwork network, LinearRule rule, PlainRelevance.Rule plain, double tolerance = 1e-5) =>
        AssertTwins(network, new RelevanceRules("test") { Convolution = rule, Dense = rule, Bias = rule.Bias }, (x, target) => network.Relevance(x, target, plain, plain), tolerance);

    private static void AssertTwins(PlainNetwork network, RelevanceRules rules, Func<double[], int, double[]> twin, double tolerance = 1e-5)
    {
        using AudioClassifier model = TinyModels.Load(network.Model);
        FloatTensor input = TinyModels.Input(11, 3, PlainNetworks.Channels, PlainNetworks.Height, PlainNetworks.Width);
        FloatTensor map = model.Run(new RelevanceProgram(rules, ScoreStart.Logit), input, [0, 1, 3], default).Relevance;
        int[] targets = [0, 1, 3];
        for (int item = 0; item < 3; item++)
        {
            double[] expected = twin(Array.ConvertAll(input.Item(item).Span.ToArray(), value => (double)value), targets[item]);
            Differences differences = Differences.Between(map.Item(item).Span, Array.ConvertAll(expected, value => (float)value));
            Assert.That(differences.OfLargest, Is.LessThanOrEqualTo(tolerance), $"item {item}: {differences}");
        }
    }
}
