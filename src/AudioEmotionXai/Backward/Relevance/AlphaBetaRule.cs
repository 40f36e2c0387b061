namespace AudioEmotionXai;

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
