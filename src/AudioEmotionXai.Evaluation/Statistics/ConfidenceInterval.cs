using System.Text.Json.Serialization;

namespace AudioEmotionXai.Evaluation;

/// <summary>A mean with the ends of its confidence interval; all NaN where there is nothing to average, the ends NaN where there are fewer
/// than 6 clips, or groups where groups are known, and fewer than 25 clips where a fall or a share is below 0.1 or above 0.85.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Count">How many values (clips) stand behind it.</param>
public readonly record struct ConfidenceInterval(double Mean, double Low, double High, [property: JsonPropertyName("clips")] int Count);
