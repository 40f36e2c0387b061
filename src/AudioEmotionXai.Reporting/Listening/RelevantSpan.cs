using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>A stretch of time in which the relevance of a clip's important part is high.</summary>
/// <param name="Start">Where it begins, in seconds from the clip's start.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Share">The relevance of its important cells as a share of the whole map's, 0 to 1.</param>
/// <param name="LowHertz">Below this frequency lie 5 % of that relevance.</param>
/// <param name="HighHertz">Above this frequency lie 5 % of it.</param>
public sealed record RelevantSpan(double Start, double End, double Share, double LowHertz, double HighHertz)
{
    /// <summary>The span as a label: what the relevance is for, its share, and its frequencies.</summary>
    /// <param name="subject">What the relevance is for, such as the explained class.</param>
    public TimeLabel ToLabel(string subject) =>
        new(
            Start,
            End,
            string.Create(
                CultureInfo.InvariantCulture, $"{subject}: {100 * Share:0.0} % of the relevance, {LowHertz:0} to {HighHertz:0} Hz"));
}
