using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>The sanity checks in the report.</summary>
internal static class SanitySection
{
    /// <summary>The section.</summary>
    public static PageSection Create(SanityTable table) =>
        new("Sanity checks")
        {
            Verdict = table.Verdict,
            Notes =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Weights of {table.Networks} networks were made random: of the head alone, and of all layers. Numbers are rank "
                        + $"correlations of magnitudes with the trained model's map, mean over clips and networks. \"Random pairs\" is how "
                        + $"alike maps of two networks are that share nothing but the clip; in brackets how far one further random network "
                        + $"would go at most (95 %)."),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A map passes where it is no more alike to the trained model's than that. With a random head, or for another class, "
                        + $"the layers below stay, so a part of the map may stay; it is flagged where it is nearer to the unchanged map "
                        + $"than to random pairs, or correlates by {table.Same} and more. What is not defined does not pass."),
            ],
            Tables =
            [
                new PageTable(
                    "The three places that are judged",
                    ["method", "clips", "random pairs", "head random", "all random", "other class", "in words"],
                    [.. table.Rows.Select(row => (IReadOnlyList<string>)[row.Method, Words.Count(row.Clips), .. Judged(row), row.InWords])])
                {
                    LastColumnIsText = true,
                },
            ],
            MoreTables =
            [
                new PageTable(
                    "Layers with random weights, from the head down, then the same with signs, and two variants: the rise of the map's "
                        + "entropy (efficient MPRT) and the similarity of maps averaged over noisy inputs (smooth MPRT), all random",
                    ["method", .. table.Stages, "head, signed", "all, signed", "other class, signed", "entropy rise", "smoothed"],
                    [
                        .. table.Rows.Select(row =>
                            (IReadOnlyList<string>)
                                [
                                    row.Method, .. row.Similarity.Select(Words.Number),
                                    .. row.Places.Select(place => Words.Number(place.SignedSimilarity)), Words.Number(row.EntropyRise),
                                    Words.Number(row.SmoothedSimilarity),
                                ]),
                    ]),
            ],
        };

    private static IEnumerable<string> Judged(SanityRow row) =>
        [
            double.IsNaN(row.RandomPairs.High)
                ? Words.Number(row.RandomPairs.Mean)
                : $"{Words.Number(row.RandomPairs.Mean)} ({Words.Number(row.RandomPairs.High)})",
            .. row.Places.Select(place => Words.Number(place.Similarity)),
        ];
}
