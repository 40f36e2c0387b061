namespace AudioEmotionXai;

/// <summary>
/// Flat: an output's relevance goes to all inputs it sees in equal shares (fewer at borders). For the first layer: a smooth map at the
/// resolution of its windows. Lapuschkin et al. 2019, doi:10.1038/s41467-019-08987-4.
/// </summary>
public sealed record FlatRule : LinearRule
{
    internal override IReadOnlyList<LinearTerm> Terms => [new(1, OutputSign.Any, new LinearBranch(InputPart.One, WeightPart.One, false))];
}
