using System.Globalization;
using System.Text;
using System.Text.Json;

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
    public string ToJson() => JsonText.Of(WriteMembers) + "\n";

    private void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("recording", Recording);
        json.WriteString("model", Model);
        json.WriteString("method", Method);
        json.WriteNumber("seconds", Timeline.Seconds);
        json.WriteNumber("step_seconds", Timeline.StepSeconds);
        json.WriteTexts("labels", Timeline.Labels);
        json.WriteObjects("segments", Timeline.Segments(), segment => WriteSegment(json, segment));
        json.WriteObjects("windows", Timeline.Windows, window => WriteWindow(json, window));
    }

    private static void WriteSegment(Utf8JsonWriter json, ClassSegment segment)
    {
        json.WriteNumber("start", segment.Start);
        json.WriteNumber("end", segment.End);
        json.WriteString("label", segment.Label);
        json.WriteNumber("probability", segment.Probability);
    }

    private void WriteWindow(Utf8JsonWriter json, RecordingWindow window)
    {
        json.WriteNumber("start", window.Start);
        json.WriteNumber("end", window.End);
        json.WriteFinite("level_db", window.Level);
        json.WriteString("label", window.Prediction.Label);
        json.WriteString("explained", Timeline.Labels[window.Target]);
        json.WriteStartArray("probabilities");
        foreach (float probability in window.Prediction.Probabilities.Span)
            json.WriteNumberValue(probability);
        json.WriteEndArray();
    }

    private string ToCsv()
    {
        StringBuilder text = new($"seconds,emotion,relevance,{string.Join(',', Timeline.Labels.Select(Quote))}\n");
        for (int step = 0; step < Timeline.Count; step++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Timeline.SecondsAt(step):0.000},{Quote(Timeline.Labels[Timeline.ClassAt(step)])},{Timeline.Relevance.Span[step]:0.0000}"
            );
            foreach (float probability in Timeline.ProbabilitiesAt(step).Span)
                text.Append(CultureInfo.InvariantCulture, $",{probability:0.0000}");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
