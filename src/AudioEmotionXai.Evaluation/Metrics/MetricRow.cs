using System.Text.Json.Serialization;

namespace AudioEmotionXai.Evaluation;

/// <summary>A metric of a method, averaged over the clips for which it is defined.</summary>
/// <param name="Method">The method.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Direction">Which way it is read.</param>
/// <param name="Value">The mean with its interval; the count is that of clips for which it is defined.</param>
public sealed record MetricRow(string Method, string Metric, MetricDirection Direction, ConfidenceInterval Value)
{
    /// <summary>Why there is no value, where the metric is defined for no clip; null elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotDefined { get; init; }
}

/// <summary>Which way a metric is read.</summary>
public enum MetricDirection
{
    /// <summary>A larger value speaks for the map.</summary>
    [JsonStringEnumMemberName("higher")]
    HigherIsBetter,

    /// <summary>A smaller value speaks for the map.</summary>
    [JsonStringEnumMemberName("lower")]
    LowerIsBetter,

    /// <summary>Values describe the map; neither end is better by itself.</summary>
    Descriptive,
}

/// <summary>The mean probability of the explained class while cells are deleted or inserted.</summary>
/// <param name="Method">The method.</param>
/// <param name="Deletion">At evenly spaced shares of the cells, from none to all, most relevant deleted first.</param>
/// <param name="Insertion">The same, most relevant put back first.</param>
public sealed record CurveRow(string Method, IReadOnlyList<double> Deletion, IReadOnlyList<double> Insertion);
