namespace AudioEmotionXai;

/// <summary>The rule sets that <see cref="Lrp"/> knows by name; see <see cref="RelevancePresets"/>.</summary>
public enum LrpRules
{
    /// <summary>z+ on convolutions, epsilon on dense layers, flat on the first layer.</summary>
    EpsilonPlusFlat,

    /// <summary>Epsilon throughout.</summary>
    Epsilon,

    /// <summary>z+ on convolutions and dense layers.</summary>
    [MethodOption(Name = "zplus")]
    ZPlus,

    /// <summary>Gamma on convolutions, epsilon on dense layers.</summary>
    Gamma,

    /// <summary>Alpha-beta on convolutions, epsilon on dense layers.</summary>
    AlphaBeta,

    /// <summary>z+ on convolutions, epsilon on dense layers.</summary>
    EpsilonPlus,

    /// <summary>Alpha-beta with 2 and 1 on convolutions, epsilon on dense layers.</summary>
    [MethodOption(Name = "epsilon-alpha2-beta1")]
    EpsilonAlpha2Beta1,

    /// <summary>The same, and flat on the first layer.</summary>
    [MethodOption(Name = "epsilon-alpha2-beta1-flat")]
    EpsilonAlpha2Beta1Flat,

    /// <summary>Gamma on convolutions, epsilon on dense layers, z-box on the first layer.</summary>
    EpsilonGammaBox,
}
