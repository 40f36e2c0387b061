using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>The protocol with known answers in the report.</summary>
internal static class GroundTruthSection
{
    /// <summary>The section.</summary>
    public static PageSection Create(GroundTruthTable table, VerificationOptions options) =>
        new("Known answers")
        {
            Verdict = table.Verdict,
            Notes =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table.Mosaics} mosaics: the louder half of one rightly heard clip, then that of a clip of another class; "
                        + $"asked about each class, which share of a map's positive relevance lies in its half? Chance is 50 %. "
                        + $"{table.Events} planted "
                        + $"events: the loudest {Words.Percent(options.GroundTruth.EventShare)} of a clip mixed into another one at a "
                        + $"random time, kept where it raises the log-odds of its class ({table.EventsLeftOut} were not); which share of "
                        + $"the relevance, and of the largest cells, lies where the event changed the clip, and does the largest cell? "
                        + $"Intervals are over mosaics and events; Holm's correction over all {table.Tests} tests of this section."),
                "Loudness is a strong guess on planted events, since the event is loud; on mosaics it is none by construction.",
            ],
            Charts = [Chart(table).Draw()],
            Tables = [Rows(table)],
            MoreTables = [Pairs(table)],
        };

    /// <summary>The chart, also written as a file.</summary>
    public static BarChart Chart(GroundTruthTable table)
    {
        Bar[,] bars = new Bar[table.Rows.Count, 2];
        for (int row = 0; row < table.Rows.Count; row++)
            (bars[row, 0], bars[row, 1]) = (BarOf(table.Rows[row].Mosaic), BarOf(table.Rows[row].EventMass));
        return new BarChart(
            "Relevance where the evidence is", "percent", [.. table.Rows.Select(row => row.IsReference ? "loudness" : row.Method)],
            ["right half of mosaics (chance 50)", "planted event"])
        {
            Caption = "share of positive relevance; whiskers: intervals",
            FirstColour = 5,
            Bars = bars,
        };
    }

    private static PageTable Rows(GroundTruthTable table) =>
        new(
            "Shares in percent, with intervals",
            ["row", "right half", "p (Holm)", "event: relevance", "event: largest cells", "event: hit", "event: chance"],
            [
                .. table.Rows.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            row.Method, Share(row.Mosaic), Words.PValue(row.AdjustedPValue), Share(row.EventMass), Share(row.EventRank),
                            Share(row.EventHit), string.Create(CultureInfo.InvariantCulture, $"{100 * row.EventChance:0}"),
                        ]),
            ])
        {
            StrongRows = [.. table.Rows.Index().Where(row => row.Item.Method == table.Winner).Select(row => row.Index)],
        };

    private static PageTable Pairs(GroundTruthTable table) =>
        new(
            "Pairs of rows, in percentage points",
            ["better", "other", "on", "difference", "interval", "p", "p (Holm)"],
            [
                .. table.Pairs.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            row.First, row.Second, row.OnEvents ? "events" : "mosaics", Words.Points(row.Difference.Mean),
                            Words.Points(row.Difference), Words.PValue(row.PValue), Words.PValue(row.AdjustedPValue),
                        ]),
            ])
        {
            TextColumns = 3,
        };

    private static Bar BarOf(ConfidenceInterval value) => new(100 * value.Mean, 100 * value.Low, 100 * value.High);

    private static string Share(ConfidenceInterval value) => double.IsNaN(value.Mean)
        ? "not defined"
        : double.IsNaN(value.Low)
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * value.Mean:0}")
            : string.Create(CultureInfo.InvariantCulture, $"{100 * value.Mean:0} ({100 * value.Low:0} to {100 * value.High:0})");
}
