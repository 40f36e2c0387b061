using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>The report's first section, for a reader with a minute: the verdict in words, what was measured, and what it does not
/// mean.</summary>
internal static class OverviewSection
{
    private const int FewClips = 50;

    /// <summary>The section.</summary>
    public static PageSection Create(VerificationResult result, VerificationOptions options, string model, ClassHead head) =>
        new("At a glance")
        {
            Verdict = result.Verdict,
            Facts = Facts(result, model),
            FirstTables = result.Controlled is { } table ? [MethodTable(result, table)] : [],
            Blocks =
            [
                new("What was measured", Measured(result, options)), new("How to read it", Reading(result)),
                new("What it does not mean", Limits(result, options, head)),
            ],
        };

    private static PageFact[] Facts(VerificationResult result, string model)
    {
        string winner = result.Winner ?? "none";
        return
        [
            new("Winner", winner, winner == "none" ? "which is a result too" : "by masking and on known answers"),
            new("Methods compared", Words.Count(result.Methods.Count), string.Join(", ", result.Methods)),
            new("Clips", Words.Count(result.Clips), result.Clips < FewClips ? "few: only large effects show" : null),
            new(
                "Model right on",
                result.Right is { } right ? string.Create(CultureInfo.InvariantCulture, $"{right} of {result.Clips}") : "unknown", model),
        ];
    }

    private static PageTable MethodTable(VerificationResult result, ControlledTable table) =>
        new(
            "The fall of the predicted class's probability, in percentage points, when a method's cells are hidden; how much more that is "
                + "than with scattered cells, the same shape elsewhere in the sound, and equally loud cells; and the share of positive "
                + "relevance that lies in the right half of a mosaic of two clips",
            ["method", "its cells", "beyond scattered", "beyond its shape", "beyond loudness", "right half", "in words"],
            [.. result.Rows.Select(row => Row(row, table, result.GroundTruth)), Row(MethodTraits.Loudness(), table, result.GroundTruth)])
        {
            StrongRows = [.. result.Rows.Index().Where(row => row.Item.Name == result.Winner).Select(row => row.Index)],
            LastColumnIsText = true,
        };

    private static string[] Row(MethodTraits method, ControlledTable table, GroundTruthTable? known)
    {
        EffectRow[] rows = [.. table.Effects.Where(row => row.Method == method.Name && row.Group == ClipGroup.All)];
        GroundTruthRow? found = known?.Rows.FirstOrDefault(row => row.Method == method.Name);
        return
        [
            method.Name,
            Words.Points(rows[0].ImportantDrop.Mean),
            .. rows.Select(row => Words.Points(row.ImportantDrop.Mean - row.ControlDrop.Mean)),
            found is null || double.IsNaN(found.Mosaic.Mean) ? "–" : FormattableString.Invariant($"{100 * found.Mosaic.Mean:0} %"),
            Judge(method, table),
        ];
    }

    private static string Judge(MethodTraits method, ControlledTable table)
    {
        if (method.IsReference)
            return "a reference: what needs no model";
        if (!method.IsRanked)
            return $"marks what should not matter, so less is better; not ranked{(method.UsesModel ? "" : "; never asks the model")}";
        RankRow rank = table.Ranking.First(row => row.Method == method.Name);
        if (!rank.IsEffective)
            return $"not effective: {rank.Why}";
        return method.Name == table.Winner
            ? "effective; best of these by masking"
            : string.Create(CultureInfo.InvariantCulture, $"effective; rank {rank.Rank} by masking");
    }

    private static string[] Measured(VerificationResult result, VerificationOptions options)
    {
        string[] known = result.GroundTruth is { Mosaics: > 0 } table
            ?
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table.Mosaics} mosaics of two clips and {table.Events} planted events, of which one knows where the evidence lies: "
                        + $"do the maps find it?"),
            ]
            : [];
        if (result.Controlled is null)
            return result.Notebook is null ? known : ["Each method's own area was masked, and once as many random cells.", .. known];
        ControlledProtocol protocol = options.Controlled.For(result.Clips);
        return
        [
            $"Every method marks the cells of each spectrogram that matter most: the same "
                + $"{Words.List(protocol.Fractions.Select(Words.Percent))} of them for all methods. Signed maps are read by "
                + $"{protocol.SignedMaps.ToString().ToLowerInvariant()}.",
            $"These cells were replaced ({Words.List(protocol.Fills.Select(fill => fill.ToString().ToLowerInvariant()))}), and the model "
                + $"asked again: how far does the probability of its own answer fall?",
            "The same was done with as many cells scattered at random, with the same shape moved elsewhere in the sound, and with cells "
                + "that are as loud. Only what goes beyond all three, and beyond the clip's loudest cells, counts, and only if it has one "
                + "sign under every fill.",
            .. known,
        ];
    }

    private static string[] Reading(VerificationResult result) =>
        [
            "A difference above 0 whose interval leaves out 0: the method's cells matter to the model more than others of the same size.",
            "A winner is better than every other method both by masking and on known answers, after correction for the number of "
                + "comparisons. \"No winner\" means that these clips do not tell the best methods apart, or that the two disagree.",
            result.Controlled is null
                ? "Tables below give each emotion."
                : "Below: the evidence by emotion, by right and wrong predictions, and by masked share; then each clip's maps.",
        ];

    private static string[] Limits(VerificationResult result, VerificationOptions options, ClassHead head)
    {
        List<string> limits =
        [
            .. head == ClassHead.Linear
                ? (string[])["This model gives quantities, not classes: what is called a probability here is the value itself, and a "
                    + "point is a hundredth of it."]
                : [],
            "A map says where this model looked, not what the speaker felt, and not that the model looked at the right place.",
            "Masked sounds are not natural sounds; the model may react to the hole as well as to what is missing.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Intervals are over {(result.Controlled is { Unit: "groups" } table ? $"the {table.Units} groups of" : "")} these "
                    + $"{result.Clips} clips. Other speakers, languages and recordings can come out differently."),
        ];
        if (result.Controlled is { Unit: "clips" })
            limits.Add("Clips count as independent. Clips of one speaker are alike: give the groups, or intervals are too narrow.");
        foreach (UndefinedClip clip in result.Undefined)
            limits.Add($"{clip.Name} is left out of all tables: {clip.Reason}.");
        string[] blind = [.. result.Rows.Where(row => !row.UsesModel).Select(row => row.Name)];
        if (blind.Length > 0)
            limits.Add(
                $"{Words.List(blind)}: computed from the sound alone, the same for every model. It cannot show what this model does.");
        foreach (SanityRow row in result.Sanity?.Rows ?? [])
            if (row is { Verdict: SanityVerdict.Flagged, IsModelIndependent: false })
                limits.Add($"{row.Method}: {row.InWords}. Do not rely on it.");
        return [.. limits];
    }
}
