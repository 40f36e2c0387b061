using System.Globalization;
using System.Net;
using System.Text;

namespace AudioEmotionXai.Listening;

/// <summary>The spans of an explanation as labels that other programs read: Audacity's label track, and WebVTT for video and audio players.</summary>
public static class LabelText
{
    /// <summary>A label track for Audacity's <c>File, Import, Labels</c>: start and end in seconds and a text, between tabs, one span a line.</summary>
    /// <param name="spans">The spans.</param>
    /// <param name="label">What the relevance is for, such as the explained class.</param>
    public static string ToAudacity(IReadOnlyList<RelevantSpan> spans, string label)
    {
        ArgumentNullException.ThrowIfNull(spans);
        ArgumentNullException.ThrowIfNull(label);
        StringBuilder text = new();
        foreach (RelevantSpan span in spans)
            text.Append(CultureInfo.InvariantCulture, $"{span.Start:0.000000}\t{span.End:0.000000}\t{OneLine(label)}: {Describe(span)}\n");
        return text.ToString();
    }

    /// <summary>A WebVTT file (W3C, "WebVTT: The Web Video Text Tracks Format"): a cue for each span.</summary>
    /// <param name="spans">The spans.</param>
    /// <param name="label">What the relevance is for, such as the explained class.</param>
    public static string ToWebVtt(IReadOnlyList<RelevantSpan> spans, string label)
    {
        ArgumentNullException.ThrowIfNull(spans);
        ArgumentNullException.ThrowIfNull(label);
        StringBuilder text = new("WEBVTT\n");
        for (int i = 0; i < spans.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\n{i + 1}\n{Clock(spans[i].Start)} --> {Clock(spans[i].End)}\n{WebUtility.HtmlEncode(OneLine(label))}: {Describe(spans[i])}\n");
        return text.ToString();
    }

    private static string Describe(RelevantSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * span.Share:0.0} % of the relevance, {span.LowHertz:0} to {span.HighHertz:0} Hz");

    /// <summary>Hours, minutes, seconds and milliseconds; hours may have more than two digits.</summary>
    private static string Clock(double seconds)
    {
        long milliseconds = (long)Math.Round(1000 * seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}.{milliseconds % 1000:000}");
    }

    private static string OneLine(string label) => string.Join(' ', label.Split(['\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
