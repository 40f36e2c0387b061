using System.Globalization;
using System.Net;
using System.Text;

namespace AudioEmotionXai.Listening.Recordings;

/// <summary>The stretches of a recording as labels that other programs read: Audacity's label track, and WebVTT for players.</summary>
public static class SegmentLabels
{
    /// <summary>A label track for Audacity's <c>File, Import, Labels</c>.</summary>
    /// <param name="segments">The stretches, as <see cref="RecordingTimeline.Segments"/> gives them.</param>
    public static string ToAudacity(IReadOnlyList<EmotionSegment> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        StringBuilder text = new();
        foreach (EmotionSegment segment in segments)
            text.Append(CultureInfo.InvariantCulture, $"{segment.Start:0.000000}\t{segment.End:0.000000}\t{Describe(segment)}\n");
        return text.ToString();
    }

    /// <summary>A WebVTT file: a cue for each stretch.</summary>
    /// <param name="segments">The stretches, as <see cref="RecordingTimeline.Segments"/> gives them.</param>
    public static string ToWebVtt(IReadOnlyList<EmotionSegment> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        StringBuilder text = new("WEBVTT\n");
        for (int i = 0; i < segments.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\n{i + 1}\n{Clock(segments[i].Start)} --> {Clock(segments[i].End)}\n{WebUtility.HtmlEncode(Describe(segments[i]))}\n");
        return text.ToString();
    }

    private static string Describe(EmotionSegment segment) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', segment.Label.Split(['\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))} {segment.Probability:0 %}");

    private static string Clock(double seconds)
    {
        long milliseconds = (long)Math.Round(1000 * seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}.{milliseconds % 1000:000}");
    }
}
