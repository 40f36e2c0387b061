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
        value is { } number && double.IsFinite(number)
            ? number.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212')
            : "–";
}

/// <summary>What the model says of every sound of an explanation, class by class.</summary>
internal static class SoundTable
{
    /// <summary>Makes the table.</summary>
    public static PageTable Create(AudibleExplanation heard, IReadOnlyList<string> labels)
    {
        int[] shown = ShownClasses.Of(labels.Count, label => heard.Sounds.Max(sound => sound.Prediction.Values.Span[label]));
        string? leftOut = ShownClasses.LeftOut(labels.Count);
        return new(
            "What the model says of each sound after its way through a 16-bit WAV file, in %, and how much of the clip's energy the sound "
                + "has"
                + (leftOut is null ? "" : $" ({leftOut})"),
            ["sound", .. shown.Select(label => labels[label]), "energy"],
            [.. heard.Sounds.Select(sound => Row(sound, shown))]);
    }

    private static IReadOnlyList<string> Row(HeardSound sound, int[] shown) =>
    [
        SoundNames.TitleOf(sound.Kind),
        .. shown.Select(label => FormattableString.Invariant($"{100 * sound.Prediction.Values.Span[label]:0.0}")),
        FormattableString.Invariant($"{100 * sound.EnergyShare:0.0} %"),
    ];
}

/// <summary>How numbers and names are written in the report's tables.</summary>
internal static class Words
{
    /// <summary>A drop or an efficiency in percentage points of probability.</summary>
    public static string Points(double value) =>
        double.IsNaN(value) ? "–" : Minus(string.Create(CultureInfo.InvariantCulture, $"{100 * value:+0.0;-0.0;0.0}"));

    /// <summary>An interval in percentage points.</summary>
    public static string Points(ConfidenceInterval interval) =>
        double.IsNaN(interval.Low) ? "–" : $"{Points(interval.Low)} to {Points(interval.High)}";

    /// <summary>A p-value.</summary>
    public static string PValue(double p) =>
        double.IsNaN(p) ? "–"
        : p < 0.001 ? "< 0.001"
        : string.Create(CultureInfo.InvariantCulture, $"{p:0.000}");

    /// <summary>A number of any size.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "–" : AxisTicks.Label(value);

    /// <summary>A whole number.</summary>
    public static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %");

    /// <summary>Parts of a sentence: "a, b and c".</summary>
    public static string List(IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    private static string Minus(string text) => text.Replace('-', '\u2212');
}
