using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>What counts as the important part of a clip, and what is done to a part that is taken away.</summary>
public sealed record ListeningOptions
{
    private readonly double _fraction = 0.2;
    private readonly double _smoothing = 2;
    private readonly double? _attenuation;
    private readonly int _draws = RoundTrip.LeastDraws;

    /// <summary>The share of the sounding cells that is called important, above 0 and below 1. Default 0.2.</summary>
    /// <remarks>Cells after the clip's end hold nothing to hear: they are neither chosen nor counted.</remarks>
    public double Fraction
    {
        get => _fraction;
        init => _fraction = value is > 0 and < 1 ? value : throw Wrong(nameof(Fraction), value, "above 0 and below 1");
    }

    /// <summary>The standard deviation, in cells along both axes, of the Gaussian that smooths a map before its cells are chosen; 0 for
    /// none. Default 2.</summary>
    /// <remarks>
    /// A frame of the default front end shares three quarters of its samples with the next: a single cell can neither be heard nor be
    /// taken away by itself, a patch of cells can.
    /// </remarks>
    public double SmoothingCells
    {
        get => _smoothing;
        init => _smoothing = value is >= 0 and <= 100 ? value : throw Wrong(nameof(SmoothingCells), value, "0 to 100");
    }

    /// <summary>By how many dB a part that is taken away is turned down, above 0; null, the default, silences it.</summary>
    public double? AttenuationDecibels
    {
        get => _attenuation;
        init =>
            _attenuation = value is null or (> 0 and <= 200)
                ? value
                : throw Wrong(nameof(AttenuationDecibels), value.Value, "above 0 and at most 200, or null");
    }

    /// <summary>Which cells of a signed map come first. Default: evidence, what speaks for the class.</summary>
    public SignedMapOrder SignedMaps { get; init; } = SignedMapOrder.Evidence;

    /// <summary>How many random parts the important part is held against, 1 to 1000; the one with the median effect is the one that is
    /// played. Default 19: with fewer, no rank can show that the explanation survives (<see cref="RoundTrip.Survives"/>).</summary>
    public int Draws
    {
        get => _draws;
        init => _draws = value is >= 1 and <= 1000 ? value : throw Wrong(nameof(Draws), value, "1 to 1000");
    }

    /// <summary>Fixes the random parts, and the order of equal cells. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>What is left of a part that is taken away, as a factor.</summary>
    internal float Remainder => AttenuationDecibels is { } decibels ? (float)Math.Pow(10, -decibels / 20) : 0;

    private string Attenuation => AttenuationDecibels is { } decibels ? FormattableString.Invariant($"{decibels} dB") : "silence";

    /// <summary>The options in invariant notation.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
            $"fraction={Fraction} smoothing={SmoothingCells} order={SignedMaps.ToString().ToLowerInvariant()} "
                + $"attenuation={Attenuation} "
                + $"draws={Draws} seed={Seed}");

    private static ArgumentOutOfRangeException Wrong(string name, double value, string expected) =>
        new(name, FormattableString.Invariant($"{name} is {value}; expected: {expected}."));
}
