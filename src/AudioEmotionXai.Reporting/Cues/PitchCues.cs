using System.Text.Json.Serialization;

namespace AudioEmotionXai.Reporting;

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
    /// <summary>From <see cref="Low"/> to <see cref="High"/> in semitones.</summary>
    public double RangeSemitones => 12 * Math.Log2(High / Low);
}
