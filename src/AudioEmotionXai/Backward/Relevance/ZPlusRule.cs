namespace AudioEmotionXai;

/// <summary>
/// z+: only what excites an output gets relevance, <c>z = x⁺w⁺ + b⁺ + x⁻w⁻</c>. For convolutions: stable, no sign changes, blind to what
/// speaks against. Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008; negative inputs as in alpha-beta with alpha 1.
/// </summary>
public sealed record ZPlusRule : LinearRule
{
    internal override IReadOnlyList<LinearTerm> Terms => [AlphaBetaRule.Excitation(1)];
}
