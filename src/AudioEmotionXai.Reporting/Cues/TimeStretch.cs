using System.Text.Json.Serialization;

namespace AudioEmotionXai.Reporting;

/// <summary>A piece of a clip, in seconds from its start.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
public readonly record struct TimeStretch(double Start, double End)
{
    /// <summary>How long it is.</summary>
    [JsonIgnore]
    public double Seconds => End - Start;
}
