namespace AudioEmotionXai;

/// <summary>
/// w²: relevance goes by squared weights, whatever the input is. For the first layer, where the input's values mean little.
/// Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008.
/// </summary>
public sealed record WSquareRule : LinearRule
{
    internal override IReadOnlyList<LinearTerm> Terms => [new(1, OutputSign.Any, new LinearBranch(InputPart.One, WeightPart.Square, true))];
}
