using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>The report's first section, for a reader with a minute: the verdict in words, what was measured, and what it does not
/// mean.</summary>
internal static class OverviewSection
{
    private const int FewClips = 50;

    /// <summary>The section.</summary>
    public static PageSection Create(VerificationResult result, VerificationOptions options, string model) =>
        new("At a glance")
        {
            Verdict = Verdict(result),
            Facts = Facts(result, model),
            FirstTables = result.Controlled is { } table ? [MethodTable(result, table, options)] : [],
            Blocks =
            [
                new("What was measured", Measured(result, options)), new("How to read it", Reading(result)),
                new("What it does not mean", Limits(result, options)),
            ],
        };

    private static string Verdict(VerificationResult result) =>
        (result.Controlled, result.Notebook?.Best) switch
        {
            ({ } controlled, _) => controlled.Verdict,
            (null, { } best) =>
                $"No verdict: only the notebook's protocol ran. Its largest mean efficiency is {best}'s; one draw and unequal areas "
                    + $"cannot say more.",
            _ => "No verdict: nothing was compared.",
        };

    private static PageFact[] Facts(VerificationResult result, string model)
    {
        string winner = result.Controlled?.Winner ?? "none";
        return
        [
            new("Winner", winner, winner == "none" ? "which is a result too" : "points best at what the model uses"),
            new("Methods compared", Words.Count(result.Methods.Count), string.Join(", ", result.Methods)),
            new("Clips", Words.Count(result.Clips), result.Clips < FewClips ? "few: only large effects show" : null),
            new(
                "Model right on",
                result.Right is { } right ? string.Create(CultureInfo.InvariantCulture, $"{right} of {result.Clips}") : "unknown", model),
        ];
    }

    private static PageTable MethodTable(VerificationResult result, ControlledTable table, VerificationOptions options) =>
        new(
            "The fall of the predicted class's probability, in percentage points, when a method's cells are hidden, and when the same "
                + "shape is hidden elsewhere",
            ["method", "its cells", "elsewhere", "difference", $"{Words.Percent(1 - options.Controlled.Level)} interval", "in words"],
            [.. result.Methods.Select((method, i) => Row(method, options.Methods[i], table))])
        {
            StrongRows = [.. result.Methods.Index().Where(method => method.Item == table.Winner).Select(method => method.Index)],
            LastColumnIsText = true,
        };

    private static string[] Row(string name, AttributionMethod method, ControlledTable table)
    {
        EffectRow row = table.Effects.First(row =>
            row.Method == name && row.Group == ClipGroup.All && row.Control == MaskControl.ShapeMatched);
        return
        [
            name,
            Words.Points(row.ImportantDrop.Mean),
            Words.Points(row.ControlDrop.Mean),
            Words.Points(row.ImportantDrop.Mean - row.ControlDrop.Mean),
            method.Meaning == MapMeaning.Unimportance ? Negated(row) : Words.Points(row.Efficiency),
            Judge(name, method, table),
        ];
    }

    // Efficiency is turned round for maps of unimportance; the column shows the plain difference
    private static string Negated(EffectRow row) =>
        Words.Points(row.Efficiency with { Low = -row.Efficiency.High, High = -row.Efficiency.Low });

    private static string Judge(string name, AttributionMethod method, ControlledTable table)
    {
        string unasked = method.UsesModel ? "" : "; never asks the model";
        if (method.Meaning == MapMeaning.Unimportance)
            return $"marks what should not matter, so less is better; not ranked{unasked}";
        RankRow rank = table.Ranking.First(row => row.Method == name);
        if (!rank.IsEffective)
            return $"not shown to beat chance{unasked}";
        return (
                name == table.Winner ? "best of these"
                : rank.Rank == 1 ? "beats chance; none of these is better"
                : string.Create(CultureInfo.InvariantCulture, $"beats chance; rank {rank.Rank}")
            ) + unasked;
    }

    private static string[] Measured(VerificationResult result, VerificationOptions options)
    {
        if (result.Controlled is null)
            return ["Each method's own area was masked, and once as many random cells."];
        ControlledProtocol protocol = options.Controlled.For(result.Clips);
        return
        [
            $"Every method marks the cells of each spectrogram that matter most: the same "
                + $"{Words.List(protocol.Fractions.Select(Words.Percent))} of them for all methods.",
            $"These cells were replaced ({Words.List(protocol.Fills.Select(fill => fill.ToString().ToLowerInvariant()))}), and the model "
                + $"asked again: how far does the probability of its own answer fall?",
            "The same was done with as many cells scattered at random, and with the same shape moved elsewhere. Only what goes beyond "
                + "both counts.",
        ];
    }

    private static string[] Reading(VerificationResult result) =>
        [
            "A difference above 0 whose interval leaves out 0: the method's cells matter to the model more than others of the same size "
                + "and shape.",
            "A winner beats both controls, and every other method, after correction for the number of comparisons. \"No winner\" means "
                + "that the clips do not tell the best methods apart.",
            result.Controlled is null
                ? "Tables below give each emotion."
                : "Below: the evidence by emotion, by right and wrong predictions, and by masked share; then each clip's maps.",
        ];

    private static string[] Limits(VerificationResult result, VerificationOptions options)
    {
        List<string> limits =
        [
            "A map says where this model looked, not what the speaker felt, and not that the model looked at the right place.",
            "Masked sounds are not natural sounds; the model may react to the hole as well as to what is missing.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Intervals are over these {result.Clips} clips. Other speakers, languages and recordings can come out differently."),
        ];
        string[] blind = [.. options.MethodNames().Where((_, i) => !options.Methods[i].UsesModel)];
        if (blind.Length > 0)
            limits.Add(
                $"{Words.List(blind)}: computed from the sound alone, the same for every model. It cannot show what this model does.");
        foreach (SanityRow row in result.Sanity?.Rows ?? [])
            if (row is { Verdict: SanityVerdict.Flagged, IsModelIndependent: false })
                limits.Add($"{row.Method}: {row.InWords}. Do not rely on it.");
        return [.. limits];
    }
}
