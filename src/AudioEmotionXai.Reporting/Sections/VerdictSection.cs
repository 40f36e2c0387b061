using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>The controlled protocol's part of the report: the verdict, the charts and the tables behind it.</summary>
internal static class VerdictSection
{
    private static readonly MaskControl[] Controls = Enum.GetValues<MaskControl>();

    /// <summary>The section.</summary>
    public static PageSection Create(
        VerificationResult result,
        ControlledTable table,
        VerificationOptions options,
        IReadOnlyList<string> labels) =>
        new("Equal areas, three controls")
        {
            Verdict = table.Verdict,
            Notes = [Explain(result.Clips, table, options.Controlled.For(result.Clips))],
            Charts = Charts(result, table, labels),
            Tables =
            [
                Effects(
                    table, row => row.Group == ClipGroup.All,
                    "All clips. Points are percentage points of the predicted class's probability."),
                RankingTable(table),
            ],
            MoreTables =
            [
                Effects(table, row => row.Group != ClipGroup.All, "By emotion, and by right and wrong predictions"), Fills(table),
                Pairs(table),
                .. table.OtherOrder is { } other ? (PageTable[])[Order(table, other)] : [],
            ],
        };

    /// <summary>The charts, also written as files.</summary>
    public static IReadOnlyList<SvgCanvas> Charts(VerificationResult result, ControlledTable table, IReadOnlyList<string> labels) =>
        [DropChart(result, table).Draw(), EfficiencyChart(result, table).Draw(), EmotionChart(result, table, labels).Draw()];

    /// <summary>The protocol's options in a line, for the record.</summary>
    public static string Describe(ControlledProtocol protocol) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"controlled: fractions "
                + $"{string.Join(", ", protocol.Fractions.Select(fraction => fraction.ToString(CultureInfo.InvariantCulture)))}; fills "
                + $"{string.Join(", ", protocol.Fills.Select(fill => fill.ToString().ToLowerInvariant()))}, {protocol.FillCount} for a "
                + $"clip; draws {protocol.DrawCount}; signed maps by {protocol.SignedMaps}; level {protocol.Level}; resamples "
                + $"{protocol.Resamples}");

    private static string Explain(int clips, ControlledTable table, ControlledProtocol protocol) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{clips} clips; equal areas of {string.Join(", ", protocol.Fractions.Select(Words.Percent))} of the cells, filled with "
                + $"{string.Join(", ", protocol.Fills.Select(fill => fill.ToString().ToLowerInvariant()))}, {protocol.FillCount} of them "
                + $"for a clip; {protocol.DrawCount} {(protocol.DrawCount == 1 ? "draw" : "draws")} of each control for a clip. "
                + $"Efficiency: how much more the probability of the predicted class falls with the method's area than with the control. "
                + $"Intervals ({Words.Percent(1 - protocol.Level)}) and p: over {table.Units} {table.Unit}, from one distribution of t "
                + $"(bootstrap-t below {MeanTest.FewUnits} clips, Student's from there on and for groups), two-sided; "
                + $"Holm's correction over all {table.Tests} tests of this section. Log-odds do not saturate where the model is sure; they "
                + $"are given beside probabilities, in nats. "
                + $"References are ranked but never win: the clip's loudness as a map"
                + $"{(protocol.RandomNetworks ? $", and each method on {RandomNetworks.Count} networks with random weights" : "")}. "
                + $"Maps that mark what is unimportant are measured the other way round and not ranked.");

    private static BarChart EfficiencyChart(VerificationResult result, ControlledTable table)
    {
        Bar[,] bars = new Bar[Controls.Length, result.Methods.Count];
        for (int control = 0; control < Controls.Length; control++)
            for (int method = 0; method < result.Methods.Count; method++)
                bars[control, method] = BarOf(Find(table, result.Methods[method], ClipGroup.All, Controls[control]).Efficiency);
        return new BarChart(
            "Efficiency over all clips", "percentage points", ["scattered", "its shape", "as loud"],
            result.Methods)
        {
            Caption = "mean fall beyond each control's; whiskers: intervals",
            Bars = bars,
        };
    }

    private static BarChart DropChart(VerificationResult result, ControlledTable table)
    {
        string[] rows = [.. result.Methods, MethodTraits.LoudnessName];
        Bar[,] bars = new Bar[rows.Length, 1 + Controls.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            bars[row, 0] = BarOf(Find(table, rows[row], ClipGroup.All, MaskControl.Scattered).ImportantDrop);
            for (int control = 0; control < Controls.Length; control++)
                bars[row, 1 + control] = BarOf(Find(table, rows[row], ClipGroup.All, Controls[control]).ControlDrop);
        }

        return new BarChart("Falls over all clips", "percentage points", rows, ["the method's area", .. Controls.Select(Ranking.Of)])
        {
            Caption = "mean fall of the predicted class's probability; whiskers: intervals",
            FirstColour = 5,
            Bars = bars,
        };
    }

    private static BarChart EmotionChart(VerificationResult result, ControlledTable table, IReadOnlyList<string> labels)
    {
        HashSet<string> groups = [.. table.Effects.Select(row => row.Group)];
        string[] shown = [.. labels.Where(groups.Contains)]; // a table of very many classes has no rows for most
        Bar[,] bars = new Bar[shown.Length, result.Methods.Count];
        for (int label = 0; label < shown.Length; label++)
            for (int method = 0; method < result.Methods.Count; method++)
                bars[label, method] = BarOf(Find(table, result.Methods[method], shown[label], MaskControl.ShapeMatched).Efficiency);
        return new BarChart("Efficiency by emotion", "percentage points", shown, result.Methods)
        {
            Caption = string.Create(
                CultureInfo.InvariantCulture,
                $"against the same shape elsewhere; whiskers: intervals, from {MeanTest.FewestUnits} clips or groups on"),
            Bars = bars,
        };
    }

    private static EffectRow Find(ControlledTable table, string method, string group, MaskControl control) =>
        table.Effects.First(row => row.Method == method && row.Group == group && row.Control == control);

    private static Bar BarOf(ConfidenceInterval interval) => new(100 * interval.Mean, 100 * interval.Low, 100 * interval.High);

    private static PageTable Effects(ControlledTable table, Func<EffectRow, bool> isShown, string caption) =>
        new(
            caption,
            ["group", "method", "control", "clips", "drop", "control's drop", "efficiency", "interval", "log-odds", "p", "p (Holm)"],
            [
                .. table
                    .Effects.Where(isShown)
                    .Select(row =>
                        (IReadOnlyList<string>)
                            [
                                row.Group, row.Method, Ranking.Of(row.Control), Words.Count(row.Efficiency.Count),
                                Words.Points(row.ImportantDrop.Mean), Words.Points(row.ControlDrop.Mean), Words.Points(row.Efficiency.Mean),
                                Words.Points(row.Efficiency), Words.Number(row.LogOdds.Mean), Words.PValue(row.PValue),
                                Words.PValue(row.AdjustedPValue),
                            ]),
            ])
        {
            TextColumns = 3,
        };

    private static PageTable RankingTable(ControlledTable table) =>
        new(
            "Ranking by the fall of probability at equal areas; rows that cannot be told apart from a better one share its rank",
            ["row", "rank", "drop", "interval", "log-odds", "effective"],
            [
                .. table.Ranking.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            row.Method, Words.Count(row.Rank), Words.Points(row.Drop.Mean), Words.Points(row.Drop),
                            Words.Number(row.LogOddsDrop), row.IsEffective ? "yes" : row.IsReference ? "a reference" : $"no: {row.Why}",
                        ]),
            ])
        {
            StrongRows = [.. table.Ranking.Index().Where(row => row.Item.Method == table.Winner).Select(row => row.Index)],
            LastColumnIsText = true,
        };

    private static PageTable Fills(ControlledTable table) =>
        new(
            "Efficiency by masked share and fill, all clips; an effect counts where it has one sign under every fill",
            ["method", "control", "share", .. table.Fills[0].Fills.Select(fill => fill.Fill.ToString().ToLowerInvariant()), "sign"],
            [
                .. table.Fills.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            row.Method, Ranking.Of(row.Control), row.Fraction is { } share ? Words.Percent(share) : "all",
                            .. row.Fills.Select(fill => $"{Words.Points(fill.Efficiency.Mean)} ({Words.Points(fill.Efficiency)})"),
                            row.DependsOnFill ? "depends on the fill" : "one",
                        ]),
            ])
        {
            TextColumns = 3,
        };

    private static PageTable Pairs(ControlledTable table) =>
        new(
            "Pairs of rows, clip by clip, at equal areas; \"finds\": the lead that this run shows in four of five cases",
            ["better", "other", "difference", "interval", "log-odds", "finds", "p", "p (Holm)"],
            [
                .. table.Pairs.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            row.First, row.Second, Words.Points(row.Difference.Mean), Words.Points(row.Difference),
                            Words.Number(row.LogOdds), Words.Points(row.DetectableLead), Words.PValue(row.PValue),
                            Words.PValue(row.AdjustedPValue),
                        ]),
            ])
        {
            TextColumns = 2,
        };

    private static PageTable Order(ControlledTable table, OrderComparison other) =>
        new(
            $"Signed maps read by {other.Order.ToString().ToLowerInvariant()} instead of {table.Order.ToString().ToLowerInvariant()}: "
                + $"{other.OtherLeader ?? "nobody"} would lead by masking, instead of {other.Leader ?? "nobody"}",
            ["method", "drop", "interval"],
            [
                .. other.Drops.Select(row =>
                    (IReadOnlyList<string>)[row.Method, Words.Points(row.Drop.Mean), Words.Points(row.Drop)]),
            ]);
}
