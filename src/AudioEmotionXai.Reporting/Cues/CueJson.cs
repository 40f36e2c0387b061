using System.Text.Json;

namespace AudioEmotionXai.Reporting;

/// <summary>Writes a report of cues; the README of this folder documents the members.</summary>
internal static class CueJson
{
    public static string Write(CueReport report) => JsonText.Of(json => WriteMembers(json, report)) + "\n";

    /// <summary>Writes the members of the object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, CueReport report)
    {
        json.WriteNumber("clip_seconds", report.ClipSeconds);
        WritePart(json, "important", report.Important);
        WritePart(json, "rest", report.Rest);
        json.WriteTexts("sentences", report.Sentences);
    }

    private static void WritePart(Utf8JsonWriter json, string name, PartCues part)
    {
        json.WriteStartObject(name);
        json.WriteObjects("stretches", part.Stretches, stretch =>
        {
            json.WriteNumber("start", stretch.Start);
            json.WriteNumber("end", stretch.End);
        });
        json.WriteNumber("seconds", part.Seconds);
        json.WriteNumber("duration_share", part.DurationShare);
        json.WriteFinite("position", part.Position);
        json.WriteNumber("cell_share", part.CellShare);
        json.WriteFinite("energy_share", part.EnergyShare);
        json.WriteFinite("level_db", part.Level);
        WritePitch(json, part.Pitch);
        json.WriteFinite("voiced_share", part.VoicedShare);
        json.WriteFinite("centroid_hz", part.Centroid);
        json.WriteFinite("tilt_db_per_octave", part.Tilt);
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
        json.WriteFinite("slope_semitones_per_second", pitch.Slope);
        json.WriteNumber("voiced_seconds", pitch.VoicedSeconds);
        json.WriteEndObject();
    }
}
