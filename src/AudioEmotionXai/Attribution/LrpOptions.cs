using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>The rule sets that <see cref="Lrp"/> knows by name; see <see cref="RelevancePresets"/>.</summary>
public enum LrpRules
{
    /// <summary>z+ on convolutions, epsilon on dense layers, flat on the first layer.</summary>
    EpsilonPlusFlat,

    /// <summary>Epsilon throughout.</summary>
    Epsilon,

    /// <summary>z+ on convolutions and dense layers.</summary>
    [MethodOption(Name = "zplus")]
    ZPlus,

    /// <summary>Gamma on convolutions, epsilon on dense layers.</summary>
    Gamma,

    /// <summary>Alpha-beta on convolutions, epsilon on dense layers.</summary>
    AlphaBeta,

    /// <summary>z+ on convolutions, epsilon on dense layers.</summary>
    EpsilonPlus,

    /// <summary>Alpha-beta with 2 and 1 on convolutions, epsilon on dense layers.</summary>
    [MethodOption(Name = "epsilon-alpha2-beta1")]
    EpsilonAlpha2Beta1,

    /// <summary>The same, and flat on the first layer.</summary>
    [MethodOption(Name = "epsilon-alpha2-beta1-flat")]
    EpsilonAlpha2Beta1Flat,

    /// <summary>Gamma on convolutions, epsilon on dense layers, z-box on the first layer.</summary>
    EpsilonGammaBox,
}

/// <summary>What relevance starts from in <see cref="Lrp"/>: the target's logit, one, or a contrast of two classes.</summary>
[TextForm("logit, one, contrast, or contrast:LABEL")]
public sealed record LrpStart : IParsable<LrpStart>
{
    private const string ContrastPrefix = "contrast:", RivalText = "contrast";

    private LrpStart(string text) => Text = text;

    /// <summary>The target's logit; the map is in the logit's unit.</summary>
    public static LrpStart Logit { get; } = new("logit");

    /// <summary>One; the map is in shares of the decision.</summary>
    public static LrpStart One { get; } = new("one");

    /// <summary>The target's logit minus that of the likeliest other class of each clip: why this one, and not what comes next.</summary>
    public static LrpStart Rival { get; } = new(RivalText);

    private string? Other => Text.StartsWith(ContrastPrefix, StringComparison.Ordinal) ? Text[ContrastPrefix.Length..] : null;

    internal ScoreStart Score => Text == RivalText || Other is not null
        ? ScoreStart.Contrast(Other)
        : this == One ? ScoreStart.One : ScoreStart.Logit;

    private string Text { get; }

    /// <summary>The target's logit minus that of another class: why this one, and not that.</summary>
    /// <param name="label">The other class: one of the model's labels, or an index.</param>
    public static LrpStart Contrast(string label)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return new LrpStart(ContrastPrefix + label);
    }

    /// <summary>Reads <c>logit</c>, <c>one</c>, <c>contrast</c>, or <c>contrast:</c> and a label or an index.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static LrpStart Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out LrpStart? start)
            ? start
            : throw new FormatException($"'{s}' is no start of relevance; logit, one, contrast, or contrast:LABEL is expected.");

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The start, where the text is one.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out LrpStart result)
    {
        bool known =
            s is "logit" or "one" or RivalText
            || (s is not null && s.StartsWith(ContrastPrefix, StringComparison.Ordinal) && s.Length > ContrastPrefix.Length);
        result = known ? new LrpStart(s!) : null;
        return known;
    }

    /// <summary>The text that <see cref="Parse(string, IFormatProvider?)"/> reads.</summary>
    public override string ToString() => Text;
}
