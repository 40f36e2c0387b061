namespace AudioEmotionXai.Evaluation;

/// <summary>Which way a metric is read.</summary>
public enum MetricDirection
{
    /// <summary>A larger value speaks for the map.</summary>
    HigherIsBetter,

    /// <summary>A smaller value speaks for the map.</summary>
    LowerIsBetter,

    /// <summary>Values describe the map; neither end is better by itself.</summary>
    Descriptive,
}
