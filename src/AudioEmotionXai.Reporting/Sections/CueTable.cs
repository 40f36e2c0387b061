using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>What is special about the important part against the rest of the clip: in words, then measured.</summary>
internal static class CueTable
{
    /// <summary>Makes the table.</summary>
    public static PageTable Create(CueReport cues) => new(cues.ToString(), ["cue", "important part", "rest of the clip"],
    [
        Row("fundamental frequency, median (Hz)", cues, part => part.Pitch?.Median, "0"),
        Row("fundamental frequency, range (semitones)", cues, part => part.Pitch?.RangeSemitones, "0.0"),
        Row("voiced share (%)", cues, part => 100 * part.VoicedShare, "0"),
        Row("level (dB)", cues, part => part.Level, "0.0"),
        Row("energy share (%)", cues, part => 100 * part.EnergyShare, "0"),
        Row("spectral centroid (Hz)", cues, part => part.Centroid, "0"),
        Row("spectral tilt (dB per octave)", cues, part => part.Tilt, "0.0"),
    ]);

    private static IReadOnlyList<string> Row(string cue, CueReport cues, Func<PartCues, double?> read, string format) =>
        [cue, Text(read(cues.Important), format), Text(read(cues.Rest), format)];

    private static string Text(double? value, string format) =>
        value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212') : "–";
}
