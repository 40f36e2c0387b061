using System.Globalization;

namespace AudioEmotionXai;

/// <summary>
/// Layer-wise relevance propagation: the score is shared out, layer by layer, down to the cells of the input, by a rule set. Any ONNX
/// network of convolutions, dense layers, pools, sums, concatenations and gates will do; its graph says which rule goes where.
/// </summary>
/// <remarks>
/// Bach et al. 2015, doi:10.1371/journal.pone.0130140; Montavon et al. 2019, doi:10.1007/978-3-030-28954-6_10. Numbers agree with zennit's
/// on a network whose batch normalisation is merged and whose residual sums are split in proportion, which happens here by itself. A map
/// sums to the start less what biases and stabilisers took: <see cref="Ledger"/> accounts for it.
/// </remarks>
/// <example><code>
/// Explanation why = new Lrp { Rules = LrpRules.Epsilon }.Explain(model, "clip.wav", ClassTarget.OfLabel("anger"));</code></example>
[MethodId("lrp")]
public sealed record Lrp : CompiledMethod
{
    /// <summary>Which rule goes where.</summary>
    public LrpRules Rules { get; init; } = LrpRules.EpsilonPlusFlat;

    /// <summary>The stabiliser of epsilon layers, in units of the activations; above 0.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>How much more gamma layers favour weights that speak for an output's own sign; above 0.</summary>
    public float Gamma { get; init; } = 0.25f;

    /// <summary>The weight of excitation in rules=alpha-beta; beta + 1.</summary>
    public float Alpha { get; init; } = 2;

    /// <summary>The weight of inhibition in rules=alpha-beta; alpha - 1.</summary>
    public float Beta { get; init; } = 1;

    /// <summary>The lowest value an input can have, for rules=epsilon-gamma-box; none takes the clip's own smallest value.</summary>
    public float? Low { get; init; }

    /// <summary>The highest value an input can have, for rules=epsilon-gamma-box; none takes the clip's own largest value.</summary>
    public float? High { get; init; }

    /// <summary>What relevance starts from: logit, one, contrast for "why this class and not the next likeliest", or contrast:LABEL
    /// for "why this class and not that one".</summary>
    public LrpStart Start { get; init; } = LrpStart.Logit;

    /// <summary>Other rules for some nodes, such as conv1:wsquare,layer4.*:epsilon,Gemm:zplus; pattern or operator, then epsilon, zplus,
    /// gamma, alpha-beta, zbox, wsquare, flat, norm or pass.</summary>
    public string? Where { get; init; }

    /// <summary>Whether biases take their share of the relevance; false gives all of it to the input.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Whether to account for relevance node by node: what came in, went out, and was taken on the way.</summary>
    public bool Ledger { get; init; }

    /// <summary>A rule set of one's own, in place of all of the above but the start and the ledger.</summary>
    [MethodOption(Hidden = true)]
    public RelevanceRules? CustomRules { get; init; }

    internal override AttributionMethod Against(int rival) =>
        Start == LrpStart.Rival ? this with { Start = LrpStart.Contrast(rival.ToString(CultureInfo.InvariantCulture)) } : this;

    /// <inheritdoc/>
    public override Baseline? ShareBaseline => Baseline.Zero;

    internal override ProgramSpec Program => new RelevanceProgram(CustomRules ?? NamedRules(), Start.Score, Ledger);

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (Low is { } low && High is { } high && !(low <= high))
            throw new ArgumentException(
                FormattableString.Invariant($"low is {low} and high is {high}; low of at most high is expected."), nameof(Low));
        _ = Program;
    }

    internal override AttributionOutcome Complete(
        AttributionRequest request, AttributionOutcome outcome, ProgramOutput output
    ) => new LrpAccount(this, request, outcome, output).Complete();

    private RelevanceRules NamedRules()
    {
        RelevanceRules rules = Preset() with { Bias = Bias };
        foreach (string part in Where?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            int colon = part.LastIndexOf(':');
            if (colon <= 0)
                throw new ArgumentException($"'{part}' in where={Where} is not of the form pattern:rule.");
            rules = rules.With(part[..colon], RuleNamed(part[(colon + 1)..]));
        }

        return rules;
    }

    private RelevanceRules Preset() => Rules switch
    {
        LrpRules.EpsilonPlusFlat => RelevancePresets.EpsilonPlusFlat(Epsilon),
        LrpRules.Epsilon => RelevancePresets.Epsilon(Epsilon),
        LrpRules.ZPlus => RelevancePresets.ZPlus(),
        LrpRules.Gamma => RelevancePresets.Gamma(Gamma, Epsilon),
        LrpRules.AlphaBeta => RelevancePresets.AlphaBeta(Alpha, Beta, Epsilon),
        LrpRules.EpsilonPlus => RelevancePresets.EpsilonPlus(Epsilon),
        LrpRules.EpsilonAlpha2Beta1 => RelevancePresets.EpsilonAlpha2Beta1(Epsilon),
        LrpRules.EpsilonAlpha2Beta1Flat => RelevancePresets.EpsilonAlpha2Beta1Flat(Epsilon),
        LrpRules.EpsilonGammaBox => RelevancePresets.EpsilonGammaBox(Low, High, Gamma, Epsilon),
        _ => throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There is no rule set {(int)Rules}.")),
    };

    private RelevanceRule RuleNamed(string name) =>
        name switch
        {
            "epsilon" => new EpsilonRule { Epsilon = Epsilon },
            "zplus" => new ZPlusRule(),
            "gamma" => new GammaRule { Gamma = Gamma },
            "alpha-beta" => new AlphaBetaRule(Alpha, Beta),
            "zbox" => new ZBoxRule { Low = Low, High = High },
            "wsquare" => new WSquareRule(),
            "flat" => new FlatRule(),
            "norm" => new NormRule(),
            "pass" => new PassRule(),
            _ => throw new ArgumentException(
                $"There is no rule '{name}'; epsilon, zplus, gamma, alpha-beta, zbox, wsquare, flat, norm or pass is expected."),
        };
}
