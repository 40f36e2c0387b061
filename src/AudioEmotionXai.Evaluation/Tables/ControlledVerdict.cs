using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>Puts the controlled protocol's result into sentences.</summary>
internal static class ControlledVerdict
{
    /// <summary>Who wins, or why nobody does; what this run could have shown; and whether the order of signed maps decides.</summary>
    public static string Say(ControlledTable table, double level)
    {
        string at = string.Create(
            CultureInfo.InvariantCulture, $"at the {100 * level:0.##} % level after Holm's correction over {table.Tests} tests");
        return $"{First(table, at)}{Notes(table)}";
    }

    /// <summary>What this run could have shown, and whether the order of signed maps decides; each sentence begins with a blank.</summary>
    public static string Notes(ControlledTable table) =>
        string.Concat(new[] { Lead(table), Order(table) }.Where(sentence => sentence.Length > 0).Select(sentence => $" {sentence}"));

    private static string First(ControlledTable table, string at)
    {
        RankRow[] methods = [.. table.Ranking.Where(row => !row.IsReference)], effective = [.. methods.Where(row => row.IsEffective)];
        if (table.Winner is { } winner)
            return $"{winner} wins: masking its cells hurts more than scattered cells, the same shape elsewhere, equally loud cells, the "
                + $"clip's loudest cells and any other method's cells, {at}.";
        if (methods is [{ } only])
            return $"No comparison: {only.Method} is the only method that claims importance; "
                + $"{(only.IsEffective ? "it beats all controls" : $"it is not effective: {only.Why}")}, {at}.";
        return effective.Length switch
        {
            0 => $"No winner: no method beats all controls {at}.",
            1 => $"No winner: {effective[0].Method} beats all controls, but is not better than every other row {at}.",
            _ => $"No winner: {string.Join(", ", effective.Select(row => row.Method))} beat all controls, but none is better than every "
                + $"other row {at}.",
        };
    }

    private static string Lead(ControlledTable table)
    {
        string[] methods = [.. table.Ranking.Where(row => !row.IsReference).Take(2).Select(row => row.Method)];
        if (table.Winner is not null || methods.Length < 2)
            return "";
        PairRow pair = table.Pairs.First(pair => methods.Contains(pair.First) && methods.Contains(pair.Second));
        return double.IsFinite(pair.DetectableLead)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Between {pair.First} and {pair.Second} this run finds a lead of {100 * pair.DetectableLead:0.0} points in four of five "
                    + $"cases; it measured {100 * pair.Difference.Mean:0.0}.")
            : $"With {table.Units} {table.Unit} no lead can be tested; 6 are the least.";
    }

    private static string Order(ControlledTable table)
    {
        if (table.OtherOrder is not { } other || other.Leader == other.OtherLeader)
            return "";
        string NameOf(string? leader) => leader ?? "nobody";
        return $"The order of signed maps decides who leads: by {table.Order.ToString().ToLowerInvariant()} {NameOf(other.Leader)}, by "
            + $"{other.Order.ToString().ToLowerInvariant()} {NameOf(other.OtherLeader)}.";
    }
}
