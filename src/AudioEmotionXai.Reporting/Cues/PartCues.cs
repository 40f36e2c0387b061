using System.Text.Json.Serialization;

namespace AudioEmotionXai.Reporting;

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
