namespace AudioEmotionXai.Reporting;

/// <summary>How the fundamental frequency is looked for: 60 to 600 Hz, every 10 ms, voiced below an aperiodicity of 0.3.</summary>
public sealed record PitchOptions
{
    private readonly double _minimum = 60;
    private readonly double _maximum = 600;
    private readonly double _hop = 0.01;
    private readonly double _aperiodicity = 0.3;
    private readonly double _silence = 40;

    /// <summary>The lowest fundamental frequency that is looked for, in Hz, above 0. A frame is 2.5 of its periods long. Default
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
    /// How large YIN's cumulative mean normalised difference may be in a voiced frame, above 0 and at most 1: about the share of the power
    /// that is not periodic. Each octave below the highest pitch counts as 0.03 of it, a change between voiced and not as 0.14. Default
    /// 0.3.
    /// </summary>
    public double VoicedAperiodicity
    {
        get => _aperiodicity;
        init => _aperiodicity = value is > 0 and <= 1 ? value : throw Wrong(nameof(VoicedAperiodicity), value, "above 0 and at most 1");
    }

    /// <summary>A frame is silent that is more than this many dB below the clip's loudest one, above 0. Default 40.</summary>
    public double SilenceDecibels
    {
        get => _silence;
        init => _silence = value is > 0 and <= 200 ? value : throw Wrong(nameof(SilenceDecibels), value, "above 0 and at most 200");
    }

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
