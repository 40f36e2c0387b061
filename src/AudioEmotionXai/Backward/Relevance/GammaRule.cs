namespace AudioEmotionXai;

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
