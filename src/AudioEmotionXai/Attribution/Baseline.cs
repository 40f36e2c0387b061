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
