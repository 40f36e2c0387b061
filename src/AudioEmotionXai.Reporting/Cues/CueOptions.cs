namespace AudioEmotionXai.Reporting;

/// <summary>How cues are measured, and which differences are worth a sentence. Every threshold is at least 0.</summary>
public sealed record CueOptions
{
    private readonly int _draws = RandomRank.LeastDraws;

    /// <summary>How many random parts of the same shape a difference is held against, 19 to 1000: told is what has a p of 0.05 by its rank
    /// among them. Default 19: rank 1 of 20.</summary>
    public int Draws
    {
        get => _draws;
        init
        {
            Guard.Require(value is >= RandomRank.LeastDraws and <= 1000, nameof(Draws), value, "19 to 1000");
            _draws = value;
        }
    }

    /// <summary>Fixes the random parts. Default 0.</summary>
    public int Seed { get; init; }

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

/// <summary>How the fundamental frequency is looked for: 60 to 600 Hz, every 10 ms, voiced from a correlation of 0.45 on.</summary>
public sealed record PitchOptions
{
    private readonly double _minimum = 60;
    private readonly double _maximum = 600;
    private readonly double _hop = 0.01;
    private readonly double _voicing = 0.45;
    private readonly double _silence = 30;

    /// <summary>The lowest fundamental frequency that is looked for, in Hz, above 0. A frame is 3 of its periods long. Default
    /// 60.</summary>
    public double MinimumHertz
    {
        get => _minimum;
        init => _minimum = value is >= 1 and <= 4000 ? value : throw Wrong(nameof(MinimumHertz), value, "1 to 4000");
    }

    /// <summary>The highest one, in Hz; above <see cref="MinimumHertz"/>. A clip of a rate below 40 times this is brought to that rate
    /// first. Default 600.</summary>
    public double MaximumHertz
    {
        get => _maximum;
        init => _maximum = value is >= 1 and <= 4000 ? value : throw Wrong(nameof(MaximumHertz), value, "1 to 4000");
    }

    /// <summary>Seconds from one frame to the next, 0.001 to 1. Default 0.01.</summary>
    public double HopSeconds
    {
        get => _hop;
        init => _hop = value is >= 0.001 and <= 1 ? value : throw Wrong(nameof(HopSeconds), value, "0.001 to 1");
    }

    /// <summary>
    /// From which height of the autocorrelation's peak on a frame is voiced, above 0 and at most 1: about the share of the power that is
    /// periodic. Each octave below the highest pitch counts as 0.01 of it, a change between voiced and not as 0.14. Default 0.45, as in
    /// Praat: a creaky voice, whose periods differ, is voiced; at 0.7 it is not.
    /// </summary>
    public double VoicingThreshold
    {
        get => _voicing;
        init => _voicing = value is > 0 and <= 1 ? value : throw Wrong(nameof(VoicingThreshold), value, "above 0 and at most 1");
    }

    /// <summary>A frame is silent whose peak is more than this many dB below the clip's, above 0; for 3 dB above that it needs more than
    /// the threshold to be voiced. Default 30.</summary>
    public double SilenceDecibels
    {
        get => _silence;
        init => _silence = value is > 0 and <= 200 ? value : throw Wrong(nameof(SilenceDecibels), value, "above 0 and at most 200");
    }

    /// <summary>The silence threshold as a share of the clip's peak.</summary>
    internal double SilencePeak => Math.Pow(10, -SilenceDecibels / 20);

    /// <summary>The lowest sample rate at which the highest pitch's period has samples enough to be told from its multiples.</summary>
    internal int LeastSampleRate => (int)Math.Ceiling(40 * MaximumHertz);

    internal void Validate()
    {
        if (MinimumHertz >= MaximumHertz)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"MinimumHertz is {MinimumHertz}, MaximumHertz is {MaximumHertz}; expected: the first below the second."));
    }

    private static ArgumentOutOfRangeException Wrong(string name, double value, string expected) =>
        new(name, FormattableString.Invariant($"{name} is {value}; expected: {expected}."));
}
