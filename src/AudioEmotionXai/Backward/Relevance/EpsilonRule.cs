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
