using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// What <c>aexai timeline</c> writes of a long recording: <c>timeline.csv</c> (a row per step), <c>timeline.json</c> (windows and
/// stretches), <c>timeline.svg</c>, and the stretches as labels for Audacity (<c>emotions.txt</c>) and as WebVTT (<c>emotions.vtt</c>).
/// </summary>
/// <param name="Recording">What the recording is called.</param>
/// <param name="Model">What the model is called.</param>
/// <param name="Method">The method with its options.</param>
/// <param name="Timeline">What was heard.</param>
public sealed record TimelineReport(string Recording, string Model, string Method, RecordingTimeline Timeline)
{
    /// <summary>Writes the files, all or none.</summary>
    /// <param name="folder">Where they go; made where missing.</param>
    public void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        TimeLabel[] labels = [.. Timeline.Segments().Select(segment => segment.ToLabel())];
        (string Name, string Content)[] files =
        [
            ("timeline.csv", ToCsv()),
            ("timeline.json", ToJson()),
            ("timeline.svg", new TimelineFigure($"{Path.GetFileName(Recording)} · {Method}", Timeline).ToSvg()),
            ("emotions.txt", LabelText.ToAudacity(labels)),
            ("emotions.vtt", LabelText.ToWebVtt(labels)),
        ];
        AtomicFile.WriteAll(
            folder, files.Select(file => new KeyValuePair<string, ReadOnlyMemory<byte>>(file.Name, Encoding.UTF8.GetBytes(file.Content))));
    }

    /// <summary>The recording, the windows and the stretches as JSON.</summary>
    public string ToJson() => JsonText.From(
        new TimelineJson(
            Recording, Model, Method, Timeline.Seconds, Timeline.StepSeconds, Timeline.Labels, Timeline.Segments(),
            Timeline.Windows.Select(window => new WindowJson(
                window.Start, window.End, window.Level, window.Prediction.Label, Timeline.Labels[window.Target],
                window.Prediction.Values))),
        ReportingContext.Default.TimelineJson) + "\n";

    private string ToCsv()
    {
        StringBuilder text = new($"seconds,emotion,relevance,{string.Join(',', Timeline.Labels.Select(CsvField.Of))}\n");
        for (int step = 0; step < Timeline.Count; step++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Timeline.SecondsAt(step):0.000},{CsvField.Of(Timeline.Labels[Timeline.ClassAt(step)])},"
                    + $"{Timeline.Relevance.Span[step]:0.0000}"
            );
            foreach (float probability in Timeline.ProbabilitiesAt(step).Span)
                text.Append(CultureInfo.InvariantCulture, $",{probability:0.0000}");
            text.Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>What <c>timeline.json</c> holds.</summary>
internal sealed record TimelineJson(
    string Recording, string Model, string Method, double Seconds, double StepSeconds, IReadOnlyList<string> Labels,
    IReadOnlyList<ClassSegment> Segments, IEnumerable<WindowJson> Windows);

internal sealed record WindowJson(
    double Start, double End, double? LevelDb, string Label, string Explained, ReadOnlyMemory<float> Probabilities);
