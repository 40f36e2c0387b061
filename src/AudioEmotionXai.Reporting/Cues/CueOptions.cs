namespace AudioEmotionXai.Reporting;

/// <summary>How cues are measured, and which differences are worth a sentence. Every threshold is at least 0.</summary>
public sealed record CueOptions
{
    /// <summary>How the fundamental frequency is looked for.</summary>
    public PitchOptions Pitch { get; init; } = new();

    /// <summary>
    /// A median pitch is different from this many semitones on. Default 1.5: an excursion that makes a syllable more prominent (T.
    /// Rietveld, C. Gussenhoven, J. Phonetics 13, 299, 1985).
    /// </summary>
    public double PitchSemitones { get; init; } = 1.5;

    /// <summary>A pitch range is different from this many semitones on. Default 3: what listeners hear for certain in speech (J. 't Hart,
    /// J. Acoust. Soc. Am. 69, 811, 1981, doi:10.1121/1.385592).</summary>
    public double RangeSemitones { get; init; } = 3;

    /// <summary>A pitch slope is different from this many semitones a second on. Default 6.</summary>
    public double SlopeSemitonesPerSecond { get; init; } = 6;

    /// <summary>Pitches are compared where both parts are voiced for this many seconds. Default 0.1.</summary>
    public double LeastVoicedSeconds { get; init; } = 0.1;

    /// <summary>A level is different from this many dB on. Default 3: twice the power.</summary>
    public double LevelDecibels { get; init; } = 3;

    /// <summary>A share of energy is worth a sentence where it is this many times the share of cells, or so many times smaller. Default
    /// 2.</summary>
    public double EnergyFactor { get; init; } = 2;

    /// <summary>A centroid is different from this many octaves on. Default 0.25: a fifth higher or lower in hertz.</summary>
    public double CentroidOctaves { get; init; } = 0.25;

    /// <summary>A tilt is different from this many dB per octave on. Default 2.</summary>
    public double TiltDecibelsPerOctave { get; init; } = 2;

    /// <summary>A voiced share is different from this much on. Default 0.15.</summary>
    public double VoicedShare { get; init; } = 0.15;

    internal void Validate()
    {
        Pitch.Validate();
        Require(PitchSemitones, nameof(PitchSemitones));
        Require(RangeSemitones, nameof(RangeSemitones));
        Require(SlopeSemitonesPerSecond, nameof(SlopeSemitonesPerSecond));
        Require(LeastVoicedSeconds, nameof(LeastVoicedSeconds));
        Require(LevelDecibels, nameof(LevelDecibels));
        Require(EnergyFactor, nameof(EnergyFactor));
        Require(CentroidOctaves, nameof(CentroidOctaves));
        Require(TiltDecibelsPerOctave, nameof(TiltDecibelsPerOctave));
        Require(VoicedShare, nameof(VoicedShare));
    }

    private static void Require(double value, string name) =>
        Guard.Require(value >= 0 && double.IsFinite(value), name, value, "0 or more");
}
