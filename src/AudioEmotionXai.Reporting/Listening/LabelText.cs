using System.Globalization;
using System.Net;
using System.Text;

namespace AudioEmotionXai.Reporting;

/// <summary>Labels in the forms that other programs read: Audacity's label track, and WebVTT for video and audio players.</summary>
public static class LabelText
{
    /// <summary>A label track for Audacity's <c>File, Import, Labels</c>: start and end in seconds and a text, between tabs, one label a
    /// line.</summary>
    /// <param name="labels">The labels, such as <see cref="TimeLabel.From"/> gives them.</param>
    public static string ToAudacity(IEnumerable<TimeLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        StringBuilder text = new();
        foreach (TimeLabel label in labels)
            text.Append(CultureInfo.InvariantCulture, $"{label.Start:0.000000}\t{label.End:0.000000}\t{OneLine(label.Text)}\n");
        return text.ToString();
    }

    /// <summary>A WebVTT file (W3C, "WebVTT: The Web Video Text Tracks Format"): a cue for each label.</summary>
    /// <param name="labels">The labels, such as <see cref="TimeLabel.From"/> gives them.</param>
    public static string ToWebVtt(IEnumerable<TimeLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        StringBuilder text = new("WEBVTT\n");
        int number = 0;
        foreach (TimeLabel label in labels)
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{++number}\n{Clock(label.Start)} --> {Clock(label.End)}\n{WebUtility.HtmlEncode(OneLine(label.Text))}\n");
        return text.ToString();
    }

    /// <summary>Hours, minutes, seconds and milliseconds; hours may have more than two digits.</summary>
    private static string Clock(double seconds)
    {
        long milliseconds = (long)Math.Round(1000 * seconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}.{milliseconds % 1000:000}");
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}

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
