using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>What a hidden segment looks like: its own mean, or a <see cref="Baseline"/>. In text: <c>segment-mean</c>, <c>mean</c>,
/// <c>min</c>, or a number.</summary>
[TextForm("segment-mean, mean, min or a number")]
public readonly record struct Hiding : IParsable<Hiding>
{
    private const string SegmentMeanText = "segment-mean";
    private readonly bool _hasBaseline;
    private readonly Baseline _baseline;

    private Hiding(Baseline baseline)
    {
        _hasBaseline = true;
        _baseline = baseline;
    }

    /// <summary>The mean of the segment's own cells, per channel: lime's way.</summary>
    public static Hiding SegmentMean => default;

    /// <summary>The mean of the item.</summary>
    public static Hiding Mean { get; } = new(AudioEmotionXai.Baseline.Mean);

    /// <summary>The smallest value of the item: silence.</summary>
    public static Hiding Minimum { get; } = new(AudioEmotionXai.Baseline.Minimum);

    /// <summary>The baseline, or null for the segment's own mean.</summary>
    public Baseline? Baseline => _hasBaseline ? _baseline : null;

    /// <summary>A baseline in every segment.</summary>
    /// <param name="baseline">A number, the item's mean or its minimum.</param>
    public static Hiding With(Baseline baseline) => new(baseline);

    /// <inheritdoc/>
    public static Hiding Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out Hiding result)
        ? result
        : throw new FormatException($"'{s}' is no way to hide a segment; {SegmentMeanText}, mean, min or a number was expected.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Hiding result)
    {
        result = default;
        if (s == SegmentMeanText)
            return true;
        if (!AudioEmotionXai.Baseline.TryParse(s, provider, out Baseline baseline))
            return false;
        result = new Hiding(baseline);
        return true;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => _hasBaseline ? _baseline.ToString() : SegmentMeanText;
}
