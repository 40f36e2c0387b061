using System.Text;
using System.Text.Json;

namespace AudioEmotionXai.Listening.Cues;

/// <summary>Writes a report of cues; the README of this folder documents the members.</summary>
internal static class CueJson
{
    public static string Write(CueReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            Write(json, report);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    public static void Write(Utf8JsonWriter json, CueReport report)
    {
        json.WriteStartObject();
        json.WriteNumber("clip_seconds", report.ClipSeconds);
        WritePart(json, "important", report.Important);
        WritePart(json, "rest", report.Rest);
        json.WriteStartArray("sentences");
        foreach (string sentence in report.Sentences)
            json.WriteStringValue(sentence);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, string name, PartCues part)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("stretches");
        foreach (TimeStretch stretch in part.Stretches)
            WriteStretch(json, stretch);
        json.WriteEndArray();
        json.WriteNumber("seconds", part.Seconds);
        json.WriteNumber("duration_share", part.DurationShare);
        WriteNumber(json, "position", part.Position);
        json.WriteNumber("cell_share", part.CellShare);
        WriteNumber(json, "energy_share", part.EnergyShare);
        WriteNumber(json, "level_db", part.Level);
        WritePitch(json, part.Pitch);
        WriteNumber(json, "voiced_share", part.VoicedShare);
        WriteNumber(json, "centroid_hz", part.Centroid);
        WriteNumber(json, "tilt_db_per_octave", part.Tilt);
        json.WriteEndObject();
    }

    private static void WriteStretch(Utf8JsonWriter json, TimeStretch stretch)
    {
        json.WriteStartObject();
        json.WriteNumber("start", stretch.Start);
        json.WriteNumber("end", stretch.End);
        json.WriteEndObject();
    }

    private static void WritePitch(Utf8JsonWriter json, PitchCues? pitch)
    {
        if (pitch is null)
        {
            json.WriteNull("pitch");
            return;
        }

        json.WriteStartObject("pitch");
        json.WriteNumber("median_hz", pitch.Median);
        json.WriteNumber("low_hz", pitch.Low);
        json.WriteNumber("high_hz", pitch.High);
        json.WriteNumber("range_semitones", pitch.RangeSemitones);
        WriteNumber(json, "slope_semitones_per_second", pitch.Slope);
        json.WriteNumber("voiced_seconds", pitch.VoicedSeconds);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
