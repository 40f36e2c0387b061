using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>What stands for "nothing" in an input: a number, or the smallest or mean value of the item itself. In text: <c>0</c>,
/// <c>min</c>, <c>mean</c>.</summary>
[TextForm("a number, min or mean")]
public readonly record struct Baseline : IParsable<Baseline>
{
    private readonly Kind _kind;
    private readonly float _value;

    private Baseline(Kind kind, float value)
    {
        _kind = kind;
        _value = value;
    }

    private enum Kind
    {
        Number,
        Minimum,
        Mean,
    }

    /// <summary>Zero: in a z-scored spectrogram the mean level.</summary>
    public static Baseline Zero => default;

    /// <summary>The smallest value of the item: silence.</summary>
    public static Baseline Minimum { get; } = new(Kind.Minimum, 0);

    /// <summary>The mean of the item.</summary>
    public static Baseline Mean { get; } = new(Kind.Mean, 0);

    /// <summary>A fixed value in the units of the model's input.</summary>
    /// <param name="value">A finite number.</param>
    public static Baseline Of(float value) => float.IsFinite(value)
        ? new(Kind.Number, value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A baseline must be a finite number.");

    /// <inheritdoc/>
    public static Baseline Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out Baseline result)
        ? result
        : throw new FormatException($"'{s}' is no baseline; a number, min or mean was expected.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Baseline result)
    {
        result = s switch
        {
            "min" => Minimum,
            "mean" => Mean,
            _ => default,
        };
        if (s is "min" or "mean")
            return true;
        if (!float.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
            return false;
        result = new Baseline(Kind.Number, value);
        return true;
    }

    /// <summary>The value for one item.</summary>
    /// <param name="item">The item's cells, at least one.</param>
    public float For(ReadOnlySpan<float> item) => _kind switch
    {
        Kind.Minimum => TensorPrimitives.Min(item),
        Kind.Mean => MeanOf(item),
        _ => _value,
    };

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => _kind switch
    {
        Kind.Minimum => "min",
        Kind.Mean => "mean",
        _ => _value.ToString(CultureInfo.InvariantCulture),
    };

    private static float MeanOf(ReadOnlySpan<float> item) => (float)(Sums.Of(item) / item.Length);
}

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
