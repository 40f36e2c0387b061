using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioEmotionXai.Reporting;

/// <summary>What is special about the important part of a clip: measured, in words, and as JSON.</summary>
public sealed class CueReport
{
    internal CueReport(
        PartCues important, PartCues rest, double clipSeconds, CueOptions options, IReadOnlyList<CueDifference> differences)
    {
        Differences = differences;
        Important = important;
        Rest = rest;
        ClipSeconds = clipSeconds;
        Options = options;
        Sentences = CueWords.Of(this);
    }

    /// <summary>How long the clip is that the model hears.</summary>
    public double ClipSeconds { get; }

    /// <summary>The important part.</summary>
    public PartCues Important { get; }

    /// <summary>Everything else.</summary>
    public PartCues Rest { get; }

    /// <summary>How it was measured, and from where on a difference is told.</summary>
    [JsonIgnore]
    public CueOptions Options { get; }

    /// <summary>What could be compared, with its rank among random parts of the same shape; empty where nothing could.</summary>
    public IReadOnlyList<CueDifference> Differences { get; }

    /// <summary>Where the important part lies, and what is distinctly different about it, in plain English, a sentence each; a difference
    /// only where it is told (<see cref="CueDifference.IsTold"/>).</summary>
    public IReadOnlyList<string> Sentences { get; }

    /// <summary>The cues as a JSON object; a cue that a part does not have is null.</summary>
    public string ToJson() => JsonText.From(this, ReportingContext.Default.CueReport) + "\n";

    /// <summary>Writes the same object where a larger document wants it.</summary>
    /// <param name="json">Stands where a value is expected.</param>
    public void WriteTo(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonSerializer.Serialize(json, this, ReportingContext.Default.CueReport);
    }

    /// <summary>The sentences, one after the other.</summary>
    public override string ToString() => string.Join(' ', Sentences);
}

/// <summary>What can be measured in a part of a clip. A cue that the part does not have, such as the pitch of silence, is null; none is
/// ever NaN.</summary>
/// <remarks>The definitions, with their references, stand in the README of this folder.</remarks>
public sealed record PartCues
{
    /// <summary>The pieces of time that the part covers, in order; those of the important part and of the rest fill the clip
    /// together.</summary>
    public required IReadOnlyList<TimeStretch> Stretches { get; init; }

    /// <summary>How long these pieces are together, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>How long they are as a share of the clip, 0 to 1.</summary>
    public required double DurationShare { get; init; }

    /// <summary>Where the part lies in the clip: the mean time of its frames from 0 (start) to 1 (end), each counting as much as it belongs
    /// to the part. Null for an empty part.</summary>
    public double? Position { get; init; }

    /// <summary>The share of the cells of the time-frequency plane that belong to the part, 0 to 1.</summary>
    public required double CellShare { get; init; }

    /// <summary>The share of the clip's energy that lies in these cells, 0 to 1. Null for a silent clip.</summary>
    public double? EnergyShare { get; init; }

    /// <summary>The level of the clip during the part, in dB below a mean square of 1 (a full-scale sine has -3.01 dB). Null where it is
    /// silent.</summary>
    [JsonPropertyName("level_db")]
    public double? Level { get; init; }

    /// <summary>The fundamental frequency during the part. Null where nothing is voiced.</summary>
    public PitchCues? Pitch { get; init; }

    /// <summary>The share of the part's sounding time that is voiced, 0 to 1. Null where it is silent.</summary>
    public double? VoicedShare { get; init; }

    /// <summary>The spectral centroid of the part's cells in Hz. Null where they are silent.</summary>
    [JsonPropertyName("centroid_hz")]
    public double? Centroid { get; init; }

    /// <summary>The spectral tilt of the part's cells in dB per octave between 500 Hz and 5 kHz. Null where they cover less than an octave
    /// of it, or are silent.</summary>
    [JsonPropertyName("tilt_db_per_octave")]
    public double? Tilt { get; init; }
}

/// <summary>The fundamental frequency in a part of a clip: over its voiced frames, each counting as much as it belongs to the
/// part.</summary>
/// <param name="Median">The median in Hz.</param>
/// <param name="Low">The frequency in Hz that is not reached in a tenth of the voiced time.</param>
/// <param name="High">The frequency in Hz that is exceeded in a tenth of it.</param>
/// <param name="Slope">
/// How steeply it rises, in semitones a second, negative where it falls: weighted least squares of 12 log2(F0) on time. Null where the
/// part is voiced at one time only.
/// </param>
/// <param name="VoicedSeconds">How long the part is voiced.</param>
public sealed record PitchCues(
    [property: JsonPropertyName("median_hz")] double Median,
    [property: JsonPropertyName("low_hz")] double Low,
    [property: JsonPropertyName("high_hz")] double High,
    [property: JsonPropertyName("slope_semitones_per_second"), JsonPropertyOrder(1)] double? Slope,
    [property: JsonPropertyOrder(1)] double VoicedSeconds)
{
    /// <summary>The mean of 12 log2(F0), by which pitches are ranked: parts that overlap by more than a half have one median.</summary>
    internal double MeanSemitones { get; init; }

    /// <summary>From <see cref="Low"/> to <see cref="High"/> in semitones.</summary>
    public double RangeSemitones => 12 * Math.Log2(High / Low);
}

/// <summary>A piece of a clip, in seconds from its start.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
public readonly record struct TimeStretch(double Start, double End)
{
    /// <summary>How long it is.</summary>
    [JsonIgnore]
    public double Seconds => End - Start;
}
