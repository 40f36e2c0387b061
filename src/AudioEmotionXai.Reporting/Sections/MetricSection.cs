using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Metrics beyond masking in the report: curves, and a table with the direction of each.</summary>
internal static class MetricSection
{
    /// <summary>The section.</summary>
    public static PageSection Create(VerificationResult result, IReadOnlyList<ExplanationMetric> metrics) =>
        new("Metrics and curves")
        {
            Notes =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Measured on {result.MetricClips} clips, as many of each class. An arrow up means that a larger value speaks for the "
                        + $"map, an arrow down a smaller one; a dot only describes it. Metrics that mask presume different things, and "
                        + $"need not agree: the second table says what."),
                .. NotDefined(result),
            ],
            Charts = result.Curves.Count == 0 ? [] : [Curves(result, isInsertion: false).Draw(), Curves(result, isInsertion: true).Draw()],
            Tables = [Table(result), Facts(metrics), .. Agreement(result)],
        };

    /// <summary>The deletion or the insertion curves.</summary>
    public static CurveChart Curves(VerificationResult result, bool isInsertion) =>
        new(
            isInsertion ? "Insertion" : "Deletion",
            isInsertion ? "cells put back, most relevant first (%)" : "cells replaced, most relevant first (%)", "probability",
            [.. result.Curves.Select(curve => new Curve(curve.Method, isInsertion ? curve.Insertion : curve.Deletion))])
        {
            Caption = isInsertion
                ? "mean probability of the predicted class; higher is better"
                : "mean probability of the predicted class; lower is better",
        };

    private static PageTable Table(VerificationResult result)
    {
        MetricRow[] kinds = [.. result.Metrics.DistinctBy(row => row.Metric)];
        return new PageTable(
            "Means; empty where a metric is not defined for the method",
            ["metric", .. result.Methods],
            [
                .. kinds.Select(kind =>
                    (IReadOnlyList<string>)
                        [
                            $"{kind.Metric.Replace('_', ' ')} {Arrow(kind.Direction)}",
                            .. result.Methods.Select(method => Cell(result, method, kind.Metric)),
                        ]),
            ]);
    }

    private static PageTable Facts(IReadOnlyList<ExplanationMetric> metrics) =>
        new(
            "What each metric measures, what it assumes, and whose it is",
            ["metric", "measures", "assumes", "paper"],
            [
                .. metrics.Select(metric =>
                    (IReadOnlyList<string>)
                        [$"{metric.Name.Replace('_', ' ')} {Arrow(metric.Direction)}", metric.Summary, metric.Assumes, metric.Paper]),
            ])
        {
            TextColumns = 4,
        };

    private static IEnumerable<PageTable> Agreement(VerificationResult result)
    {
        if (result.Agreement.Count > 0)
            yield return new PageTable(
                "How far methods agree, clip by clip: rank correlation of all cells, and the share of their top 10 % that they have in "
                    + "common (0.1 by chance). Agreement does not make a map right",
                ["method", "and", "rank correlation", "top 10 % in common"],
                [
                    .. result.Agreement.Select(row =>
                        (IReadOnlyList<string>)[row.First, row.Second, Interval(row.RankCorrelation), Interval(row.TopOverlap)]),
                ])
            {
                TextColumns = 2,
            };
    }

    private static IEnumerable<string> NotDefined(VerificationResult result) =>
        result.Metrics
            .Where(row => row.NotDefined is not null)
            .GroupBy(row => (row.Metric, row.NotDefined))
            .Select(group => $"{group.Key.Metric.Replace('_', ' ')} is not defined for {Words.List(group.Select(row => row.Method))}: "
                + $"{group.Key.NotDefined}.");

    private static string Cell(VerificationResult result, string method, string metric) =>
        Interval(result.Metrics.First(other => other.Method == method && other.Metric == metric).Value);

    private static string Interval(ConfidenceInterval value) => double.IsNaN(value.Low)
        ? Words.Number(value.Mean)
        : $"{Words.Number(value.Mean)} ({Words.Number(value.Low)} to {Words.Number(value.High)})";

    private static string Arrow(MetricDirection direction) => direction switch
    {
        MetricDirection.HigherIsBetter => "↑",
        MetricDirection.LowerIsBetter => "↓",
        _ => "·",
    };
}
