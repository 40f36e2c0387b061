using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>A stretch of time with a text, as label tracks and subtitles have them.</summary>
/// <param name="Start">Where it begins, in seconds.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Text">What it says; tabs and line ends become blanks when it is written.</param>
public sealed record TimeLabel(double Start, double End, string Text)
{
    /// <summary>A span as a label: what the relevance is for, its share, and its frequencies.</summary>
    /// <param name="span">The span.</param>
    /// <param name="subject">What the relevance is for, such as the explained class.</param>
    public static TimeLabel From(RelevantSpan span, string subject)
    {
        ArgumentNullException.ThrowIfNull(span);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{subject}: {100 * span.Share:0.0} % of the relevance, {span.LowHertz:0} to {span.HighHertz:0} Hz");
        return new TimeLabel(span.Start, span.End, text);
    }
}
