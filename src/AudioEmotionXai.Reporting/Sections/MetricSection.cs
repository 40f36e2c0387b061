using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Metrics beyond masking in the report: curves, and a table with the direction of each.</summary>
internal static class MetricSection
{
    /// <summary>The section.</summary>
    public static PageSection Create(VerificationResult result) =>
        new("Metrics and curves")
        {
            Notes =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Measured on {result.MetricClips} clips, as many of each class. An arrow up means that a larger value speaks for the "
                        + $"map, an arrow down a smaller one; a dot only describes it."),
            ],
            Charts = result.Curves.Count == 0 ? [] : [Curves(result, isInsertion: false).Draw(), Curves(result, isInsertion: true).Draw()],
            Tables = [Table(result)],
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

    private static string Cell(VerificationResult result, string method, string metric)
    {
        MetricRow row = result.Metrics.First(other => other.Method == method && other.Metric == metric);
        return double.IsNaN(row.Value.Low)
            ? Words.Number(row.Value.Mean)
            : $"{Words.Number(row.Value.Mean)} ({Words.Number(row.Value.Low)} to {Words.Number(row.Value.High)})";
    }

    private static string Arrow(MetricDirection direction) => direction switch
    {
        MetricDirection.HigherIsBetter => "↑",
        MetricDirection.LowerIsBetter => "↓",
        _ => "·",
    };
}
