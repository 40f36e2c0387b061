namespace AudioEmotionXai;

/// <summary>
/// LRP-epsilon: <c>R_i = x_i sum_j w_ij R_j / (z_j + epsilon*sign z_j)</c>. For upper layers and dense ones; a larger epsilon absorbs weak
/// and contradictory evidence. With a tiny one a ReLU network's map equals input times gradient. Bach et al. 2015,
/// doi:10.1371/journal.pone.0130140.
/// </summary>
public sealed record EpsilonRule : LinearRule
{
    internal override IReadOnlyList<LinearTerm> Terms =>
        [new(1, OutputSign.Any, new LinearBranch(InputPart.All, WeightPart.Original, true))];
}

/// <summary>
/// LRP-gamma, generalised to signed inputs and outputs: what speaks for an output's own sign is favoured by 1 + gamma. For lower and middle
/// convolutions, between epsilon (gamma = 0) and z+ (large gamma). Outputs that are exactly zero have no sign, and drop their relevance.
/// Montavon et al. 2019, doi:10.1007/978-3-030-28954-6_10; Andéol et al. 2021, arXiv:2106.04480.
/// </summary>
public sealed record GammaRule : LinearRule
{
    private readonly float _gamma = 0.25f;

    /// <summary>How much more the favoured weights count; above 0, 0.25 by default.</summary>
    public float Gamma
    {
        get => _gamma;
        init => _gamma = Positive(value, nameof(Gamma));
    }

    internal override IReadOnlyList<LinearTerm> Terms
    {
        get
        {
            WeightPart positive = WeightPart.Signed(1 + Gamma, 1);
            WeightPart negative = WeightPart.Signed(1, 1 + Gamma);
            return
            [
                new(
                    1, OutputSign.Positive, new LinearBranch(InputPart.Positive, positive, true),
                    new LinearBranch(InputPart.Negative, negative, false)),
                new(
                    1, OutputSign.Negative, new LinearBranch(InputPart.Positive, negative, true),
                    new LinearBranch(InputPart.Negative, positive, false)),
            ];
        }
    }
}

/// <summary>
/// LRP-alpha-beta: what excites an output gets alpha times its relevance, what inhibits it minus beta times; alpha - beta = 1. For
/// convolutions, where counter-evidence shall show. Bach et al. 2015, doi:10.1371/journal.pone.0130140.
/// </summary>
public sealed record AlphaBetaRule : LinearRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="alpha">The weight of excitation, at least 1.</param>
    /// <param name="beta">The weight of inhibition: alpha - 1.</param>
    /// <exception cref="ArgumentException">A weight is negative, or they do not differ by one.</exception>
    public AlphaBetaRule(float alpha = 2, float beta = 1)
    {
        if (!(beta >= 0) || !float.IsFinite(alpha) || MathF.Abs(alpha - beta - 1) > 1e-5f)
            throw new ArgumentException(
                FormattableString.Invariant($"alpha is {alpha} and beta {beta}; beta of at least 0 and alpha = beta + 1 are expected."));
        Alpha = alpha;
        Beta = beta;
    }

    /// <summary>The weight of excitation.</summary>
    public float Alpha { get; }

    /// <summary>The weight of inhibition.</summary>
    public float Beta { get; }

    internal override IReadOnlyList<LinearTerm> Terms => Beta == 0 ? [Excitation(Alpha)] : [Excitation(Alpha), Inhibition(-Beta)];

    internal static LinearTerm Excitation(float weight) => new(
        weight,
        OutputSign.Any,
        new LinearBranch(InputPart.Positive, WeightPart.PositiveOnly, true),
        new LinearBranch(InputPart.Negative, WeightPart.NegativeOnly, false));

    private static LinearTerm Inhibition(float weight) => new(
        weight,
        OutputSign.Any,
        new LinearBranch(InputPart.Positive, WeightPart.NegativeOnly, true),
        new LinearBranch(InputPart.Negative, WeightPart.PositiveOnly, false));
}

/// <summary>
/// z+: only what excites an output gets relevance, <c>z = x⁺w⁺ + b⁺ + x⁻w⁻</c>. For convolutions: stable, no sign changes,
/// blind to what
/// speaks against. Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008; negative inputs as in alpha-beta with alpha 1.
/// </summary>
public sealed record ZPlusRule : LinearRule
{
    internal override IReadOnlyList<LinearTerm> Terms => [AlphaBetaRule.Excitation(1)];
}

/// <summary>
/// z-box (z^B): for the first layer of inputs between two bounds, <c>z = xw - low*w⁺ - high*w⁻</c>; the bias cancels.
/// A log-mel spectrogram
/// is such an input. Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008.
/// </summary>
public sealed record ZBoxRule : LinearRule
{
    /// <summary>The lowest value that the input can have; where null, the smallest value of the item at hand.</summary>
    public float? Low { get; init; }

    /// <summary>The highest value that the input can have; where null, the largest value of the item at hand.</summary>
    public float? High { get; init; }

    internal override IReadOnlyList<LinearTerm> Terms =>
    [
        new(
            1,
            OutputSign.Any,
            new LinearBranch(InputPart.All, WeightPart.Original, true),
            new LinearBranch(InputPart.Low, WeightPart.PositiveOnly.Times(-1), true),
            new LinearBranch(InputPart.High, WeightPart.NegativeOnly.Times(-1), true)),
    ];

    internal override void Propagate(BackwardNode node)
    {
        if (Low > High)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The lowest input value is {Low} and the highest {High}; the first may not be above the second."));
        base.Propagate(node);
    }
}

/// <summary>
/// Flat: an output's relevance goes to all inputs it sees in equal shares (fewer at borders). For the first layer: a smooth map at the
/// resolution of its windows. Lapuschkin et al. 2019, doi:10.1038/s41467-019-08987-4.
/// </summary>
public sealed record FlatRule : LinearRule
{
    internal override IReadOnlyList<LinearTerm> Terms => [new(1, OutputSign.Any, new LinearBranch(InputPart.One, WeightPart.One, false))];
}

/// <summary>
/// w²: relevance goes by squared weights, whatever the input is. For the first layer, where the input's values mean little.
/// Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008.
/// </summary>
public sealed record WSquareRule : LinearRule
{
    internal override IReadOnlyList<LinearTerm> Terms => [new(1, OutputSign.Any, new LinearBranch(InputPart.One, WeightPart.Square, true))];
}
