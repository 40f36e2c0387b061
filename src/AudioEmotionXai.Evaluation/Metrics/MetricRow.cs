namespace AudioEmotionXai.Evaluation;

/// <summary>A metric of a method, averaged over the clips for which it is defined.</summary>
/// <param name="Method">The method.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Direction">Which way it is read.</param>
/// <param name="Value">The mean with its interval; the count is that of clips for which it is defined.</param>
public sealed record MetricRow(string Method, string Metric, MetricDirection Direction, ConfidenceInterval Value);
