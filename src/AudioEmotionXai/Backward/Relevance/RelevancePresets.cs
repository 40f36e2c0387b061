namespace AudioEmotionXai;

/// <summary>The rule sets that the field uses. Sums and averages are split in proportion, maxima go to the winner, activations pass, in all
/// of them.</summary>
public static class RelevancePresets
{
    /// <summary>Epsilon throughout. With a tiny epsilon and ReLU it is input times gradient.</summary>
    /// <param name="epsilon">The stabiliser.</param>
    public static RelevanceRules Epsilon(float epsilon = 1e-6f) =>
        new("epsilon") { Convolution = new EpsilonRule { Epsilon = epsilon }, Dense = new EpsilonRule { Epsilon = epsilon } };

    /// <summary>z+ on convolutions and dense layers.</summary>
    public static RelevanceRules ZPlus() => new("zplus") { Convolution = new ZPlusRule(), Dense = new ZPlusRule() };

    /// <summary>Gamma on convolutions, epsilon on dense layers.</summary>
    /// <param name="gamma">How much more the favoured weights count.</param>
    /// <param name="epsilon">The stabiliser of dense layers.</param>
    public static RelevanceRules Gamma(float gamma = 0.25f, float epsilon = 1e-6f) =>
        new("gamma") { Convolution = new GammaRule { Gamma = gamma }, Dense = new EpsilonRule { Epsilon = epsilon } };

    /// <summary>Alpha-beta on convolutions, epsilon on dense layers.</summary>
    /// <param name="alpha">The weight of excitation.</param>
    /// <param name="beta">The weight of inhibition: alpha - 1.</param>
    /// <param name="epsilon">The stabiliser of dense layers.</param>
    public static RelevanceRules AlphaBeta(float alpha = 2, float beta = 1, float epsilon = 1e-6f) =>
        new("alpha-beta") { Convolution = new AlphaBetaRule(alpha, beta), Dense = new EpsilonRule { Epsilon = epsilon } };

    /// <summary>z+ on convolutions, epsilon on dense layers.</summary>
    /// <param name="epsilon">The stabiliser of dense layers.</param>
    public static RelevanceRules EpsilonPlus(float epsilon = 1e-6f) =>
        new("epsilon-plus") { Convolution = new ZPlusRule(), Dense = new EpsilonRule { Epsilon = epsilon } };

    /// <summary>As <see cref="EpsilonPlus"/>, and flat on the first layer.</summary>
    /// <param name="epsilon">The stabiliser of dense layers.</param>
    public static RelevanceRules EpsilonPlusFlat(float epsilon = 1e-6f) =>
        new("epsilon-plus-flat") { Convolution = new ZPlusRule(), Dense = new EpsilonRule { Epsilon = epsilon }, First = new FlatRule() };

    /// <summary>Alpha-beta with 2 and 1 on convolutions, epsilon on dense layers.</summary>
    /// <param name="epsilon">The stabiliser of dense layers.</param>
    public static RelevanceRules EpsilonAlpha2Beta1(float epsilon = 1e-6f) =>
        new("epsilon-alpha2-beta1") { Convolution = new AlphaBetaRule(), Dense = new EpsilonRule { Epsilon = epsilon } };

    /// <summary>As <see cref="EpsilonAlpha2Beta1"/>, and flat on the first layer.</summary>
    /// <param name="epsilon">The stabiliser of dense layers.</param>
    public static RelevanceRules EpsilonAlpha2Beta1Flat(float epsilon = 1e-6f) =>
        new("epsilon-alpha2-beta1-flat")
        {
            Convolution = new AlphaBetaRule(),
            Dense = new EpsilonRule { Epsilon = epsilon },
            First = new FlatRule(),
        };

    /// <summary>Gamma on convolutions, epsilon on dense layers, z-box on the first layer.</summary>
    /// <param name="low">The lowest value that the input can have; the item's own smallest where null.</param>
    /// <param name="high">The highest value that the input can have; the item's own largest where null.</param>
    /// <param name="gamma">How much more the favoured weights count.</param>
    /// <param name="epsilon">The stabiliser of dense layers.</param>
    public static RelevanceRules EpsilonGammaBox(float? low = null, float? high = null, float gamma = 0.25f, float epsilon = 1e-6f) =>
        new("epsilon-gamma-box")
        {
            Convolution = new GammaRule { Gamma = gamma },
            Dense = new EpsilonRule { Epsilon = epsilon },
            First = new ZBoxRule { Low = low, High = high },
        };
}
