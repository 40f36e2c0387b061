using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>Puts rows in order, and says of each whether it is effective, and why not.</summary>
internal sealed class Ranking(
    double level, IReadOnlyList<EffectRow> effects, IReadOnlyList<FillRow> fills, IReadOnlyList<PairRow> pairs)
{
    /// <summary>The ranked rows, best first.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="drop">A row's mean fall of probability.</param>
    /// <param name="logOdds">A row's falls of log-odds.</param>
    public RankRow[] Of(IReadOnlyList<MethodTraits> rows, Func<int, ConfidenceInterval> drop, Func<int, double[]> logOdds)
    {
        List<RankRow> ranks = [];
        foreach ((int index, MethodTraits row) in rows.Index())
        {
            if (!row.IsRanked)
                continue;
            string why = row.IsReference ? "a reference" : string.Join("; ", Shortcomings(row.Name, row.UsesModel));
            int better = pairs.Count(pair => pair.Second == row.Name && IsBetter(pair, level));
            ranks.Add(new RankRow(row.Name, 1 + better, drop(index), Sums.Mean(logOdds(index)), why.Length == 0, row.IsReference, why));
        }

        return [.. ranks.OrderBy(row => row.Rank).ThenByDescending(row => row.Drop.Mean)];
    }

    /// <summary>The method that is effective and better than every other row, or null.</summary>
    public static string? WinnerOf(IReadOnlyList<RankRow> ranking, IReadOnlyList<PairRow> pairs, double level) =>
        ranking.Count(row => !row.IsReference) < 2
            ? null
            : ranking.FirstOrDefault(row => row is { IsEffective: true, IsReference: false } && Leads(row.Method, pairs, level))?.Method;

    /// <summary>Whether a row is significantly better than every other one.</summary>
    public static bool Leads(string name, IReadOnlyList<PairRow> pairs, double level)
    {
        PairRow[] own = [.. pairs.Where(pair => pair.First == name || pair.Second == name)];
        return own.Length > 0 && own.All(pair => pair.First == name && IsBetter(pair, level));
    }

    private IEnumerable<string> Shortcomings(string name, bool usesModel)
    {
        if (!usesModel)
            yield return "never asks the model";
        List<string> unbeaten = [], split = [];
        foreach (EffectRow row in effects.Where(row => row.Method == name && row.Group == ClipGroup.All))
        {
            FillRow byFill = fills.First(fill => fill.Method == name && fill.Control == row.Control && fill.Fraction is null);
            if (byFill.DependsOnFill)
                split.Add($"{Of(row.Control)} ({Signs(byFill)})");
            else if (!(row.AdjustedPValue < level && row.Efficiency.Mean > 0))
                unbeaten.Add(Of(row.Control));
        }

        if (!pairs.Any(pair => pair.First == name && pair.Second == MethodTraits.LoudnessName && IsBetter(pair, level)))
            unbeaten.Add("the clip's loudness");
        if (unbeaten.Count > 0)
            yield return $"not shown to beat {string.Join(", ", unbeaten)}";
        if (split.Count > 0)
            yield return $"depends on the fill against {string.Join(", ", split)}";
    }

    /// <summary>The effects under each fill, in points: "minimum -16.2, mean +22.2".</summary>
    public static string Signs(FillRow row) =>
        string.Join(
            ", ",
            row.Fills.Select(effect => string.Create(
                CultureInfo.InvariantCulture,
                $"{effect.Fill.ToString().ToLowerInvariant()} {100 * effect.Efficiency.Mean:+0.0;-0.0;0.0}")));

    /// <summary>A control in words.</summary>
    public static string Of(MaskControl control) => control switch
    {
        MaskControl.Scattered => "scattered cells",
        MaskControl.ShapeMatched => "the same shape elsewhere",
        _ => "equally loud cells",
    };

    private static bool IsBetter(PairRow pair, double level) => pair.AdjustedPValue < level;
}
