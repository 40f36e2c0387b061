using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>The controlled protocol's part of the report: the verdict, the charts and the tables behind it.</summary>
internal static class VerdictSection
{
    private static readonly MaskControl[] Controls = [MaskControl.Scattered, MaskControl.ShapeMatched];

    /// <summary>The section.</summary>
    public static PageSection Create(
        VerificationResult result,
        ControlledTable table,
        VerificationOptions options,
        IReadOnlyList<string> labels) =>
        new("Equal areas, two controls")
        {
            Notes = [Explain(result.Clips, options.Controlled.For(result.Clips))],
            Charts = Charts(result, table, labels),
            Tables =
            [
                Effects(
                    table, row => row.Group == ClipGroup.All,
                    "All clips. Points are percentage points of the predicted class's probability."),
                Ranking(table),
            ],
            MoreTables =
            [
                Effects(table, row => row.Group != ClipGroup.All, "By emotion, and by right and wrong predictions"), Conditions(table),
                Pairs(table),
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
                + $"clip; draws {protocol.DrawCount}; signed maps {protocol.SignedMaps}; level {protocol.Level}; resamples "
                + $"{protocol.Resamples}; permutations {protocol.Permutations}");

    private static string Explain(int clips, ControlledProtocol protocol) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{clips} clips; equal areas of {string.Join(", ", protocol.Fractions.Select(Words.Percent))} of the cells, filled with "
                + $"{string.Join(", ", protocol.Fills.Select(fill => fill.ToString().ToLowerInvariant()))}, {protocol.FillCount} of them "
                + $"for a clip; {protocol.DrawCount} {(protocol.DrawCount == 1 ? "draw" : "draws")} of each control for a clip. "
                + $"Efficiency: how much more the probability of the predicted class falls with the method's area than with the control. "
                + $"Intervals: {Words.Percent(1 - protocol.Level)} BCa bootstrap over clips. p: relabelling the draws within clips, "
                + $"{protocol.Permutations} times, one-sided; Holm's correction over the methods. Maps that mark what is unimportant are "
                + $"measured the other way round and not ranked.");

    private static BarChart EfficiencyChart(VerificationResult result, ControlledTable table)
    {
        Bar[,] bars = new Bar[Controls.Length, result.Methods.Count];
        for (int control = 0; control < Controls.Length; control++)
            for (int method = 0; method < result.Methods.Count; method++)
                bars[control, method] = BarOf(Find(table, result.Methods[method], ClipGroup.All, Controls[control]).Efficiency);
        return new BarChart(
            "Efficiency over all clips", "percentage points", [.. Controls.Select(control => $"against {Words.Of(control)}")],
            result.Methods)
        {
            Caption = "mean fall of probability beyond the control's; whiskers: bootstrap intervals",
            Bars = bars,
        };
    }

    private static BarChart DropChart(VerificationResult result, ControlledTable table)
    {
        Bar[,] bars = new Bar[result.Methods.Count, 3];
        for (int method = 0; method < result.Methods.Count; method++)
        {
            EffectRow scattered = Find(table, result.Methods[method], ClipGroup.All, MaskControl.Scattered),
                matched = Find(table, result.Methods[method], ClipGroup.All, MaskControl.ShapeMatched);
            bars[method, 0] = BarOf(scattered.ImportantDrop);
            bars[method, 1] = BarOf(scattered.ControlDrop);
            bars[method, 2] = BarOf(matched.ControlDrop);
        }

        return new BarChart(
            "Falls over all clips", "percentage points", result.Methods, ["the method's area", .. Controls.Select(Words.Of)])
        {
            Caption = "mean fall of the predicted class's probability; whiskers: bootstrap intervals",
            FirstColour = 5,
            Bars = bars,
        };
    }

    private static BarChart EmotionChart(VerificationResult result, ControlledTable table, IReadOnlyList<string> labels)
    {
        Bar[,] bars = new Bar[labels.Count, result.Methods.Count];
        for (int label = 0; label < labels.Count; label++)
            for (int method = 0; method < result.Methods.Count; method++)
                bars[label, method] = BarOf(Find(table, result.Methods[method], labels[label], MaskControl.ShapeMatched).Efficiency);
        return new BarChart("Efficiency by emotion", "percentage points", labels, result.Methods)
        {
            Caption = string.Create(
                CultureInfo.InvariantCulture,
                $"against the same shape elsewhere; whiskers: bootstrap intervals, from {Bootstrap.FewestValues} clips on"),
            Bars = bars,
        };
    }

    private static EffectRow Find(ControlledTable table, string method, string group, MaskControl control) =>
        table.Effects.First(row => row.Method == method && row.Group == group && row.Control == control);

    private static Bar BarOf(ConfidenceInterval interval) => new(100 * interval.Mean, 100 * interval.Low, 100 * interval.High);

    private static PageTable Effects(ControlledTable table, Func<EffectRow, bool> isShown, string caption) =>
        new(
            caption,
            ["group", "method", "control", "clips", "drop", "control's drop", "efficiency", "interval", "p", "p (Holm)"],
            [
                .. table
                    .Effects.Where(isShown)
                    .Select(row =>
                        (IReadOnlyList<string>)
                            [
                                row.Group, row.Method, Words.Of(row.Control), Words.Count(row.Efficiency.Count),
                                Words.Points(row.ImportantDrop.Mean), Words.Points(row.ControlDrop.Mean), Words.Points(row.Efficiency.Mean),
                                Words.Points(row.Efficiency), Words.PValue(row.PValue), Words.PValue(row.AdjustedPValue),
                            ]),
            ])
        {
            TextColumns = 3,
        };

    private static PageTable Ranking(ControlledTable table) =>
        new(
            "Ranking against the same shape elsewhere; methods that cannot be told apart from a better one share its rank",
            ["method", "rank", "efficiency", "beats both controls"],
            [
                .. table.Ranking.Select(row =>
                    (IReadOnlyList<string>)[row.Method, Words.Count(row.Rank), Words.Points(row.Efficiency), row.IsEffective ? "yes" : "no"]
                ),
            ])
        {
            StrongRows = [.. table.Ranking.Index().Where(row => row.Item.Method == table.Winner).Select(row => row.Index)],
        };

    private static PageTable Conditions(ControlledTable table) =>
        new(
            "By masked share and fill, all clips",
            ["method", "control", "fill", "share", "drop", "efficiency", "interval"],
            [
                .. table.Conditions.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            row.Method, Words.Of(row.Control), row.Fill.ToString().ToLowerInvariant(), Words.Percent(row.Fraction),
                            Words.Points(row.ImportantDrop), Words.Points(row.Efficiency.Mean), Words.Points(row.Efficiency),
                        ]),
            ])
        {
            TextColumns = 3,
        };

    private static PageTable Pairs(ControlledTable table) =>
        new(
            "Pairs of methods, clip by clip (sign-flip permutation, two-sided, Holm over pairs)",
            ["better", "other", "difference", "interval", "p", "p (Holm)"],
            [
                .. table.Pairs.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            row.First, row.Second, Words.Points(row.Difference.Mean), Words.Points(row.Difference),
                            Words.PValue(row.PValue), Words.PValue(row.AdjustedPValue),
                        ]),
            ])
        {
            TextColumns = 2,
        };
}
