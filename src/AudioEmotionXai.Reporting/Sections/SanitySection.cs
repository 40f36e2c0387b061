using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>The sanity checks in the report.</summary>
internal static class SanitySection
{
    /// <summary>The section.</summary>
    public static PageSection Create(SanityTable table) =>
        new("Sanity checks")
        {
            Verdict = Say(table),
            Notes =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The weights become random from the head down, stage by stage; numbers are rank correlations of magnitudes with the "
                        + $"trained model's map. A map that still correlates by more than {SanityChecks.Limit} when all weights are "
                        + $"random does not show what the model learned. The last column correlates the map with that of the second "
                        + $"likeliest class."),
            ],
            Tables =
            [
                new PageTable(
                    "Layers with random weights",
                    ["method", .. table.Stages, "other class", "verdict"],
                    [
                        .. table.Rows.Select(row =>
                            (IReadOnlyList<string>)
                                [row.Method, .. row.Similarity.Select(Words.Number), Words.Number(row.OtherClassSimilarity), Judge(row)]),
                    ]),
            ],
        };

    private static string Say(SanityTable table)
    {
        string[] flagged =
        [
            .. table
                .Rows.Where(row => !row.Passes)
                .Select(row => row.IsModelIndependent ? $"{row.Method} (does not depend on the model at all)" : row.Method),
        ];
        return flagged.Length == 0 ? "Every method's maps depend on what the model learned." : $"Flagged: {string.Join(", ", flagged)}.";
    }

    private static string Judge(SanityRow row) => row.IsModelIndependent ? "model-independent" : row.Passes ? "passes" : "fails";
}
