using System.Text.Json.Serialization;

namespace AudioEmotionXai.Evaluation;

/// <summary>The result of the controlled protocol: effects with intervals and p-values, the ranking, and the verdict.</summary>
public sealed record ControlledTable
{
    /// <summary>The verdict in a sentence.</summary>
    public required string Verdict { get; init; }

    /// <summary>The method that is effective and significantly better than every other, or null: no winner.</summary>
    public required string? Winner { get; init; }

    /// <summary>The methods that claim importance, best first.</summary>
    public required IReadOnlyList<RankRow> Ranking { get; init; }

    /// <summary>Per group, control and method.</summary>
    public required IReadOnlyList<EffectRow> Effects { get; init; }

    /// <summary>Per share, fill, control and method, over all clips.</summary>
    public required IReadOnlyList<ConditionRow> Conditions { get; init; }

    /// <summary>Every pair of methods that claim importance.</summary>
    public required IReadOnlyList<PairRow> Pairs { get; init; }
}

/// <summary>A method's place; methods that cannot be told apart from the better one share it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Rank">One more than the number of methods that are significantly better.</param>
/// <param name="Efficiency">The mean efficiency against the shape-matched control.</param>
/// <param name="IsEffective">Whether it beats both controls significantly over all clips.</param>
public sealed record RankRow(
    string Method, int Rank, double Efficiency, [property: JsonPropertyName("effective")] bool IsEffective);

/// <summary>How much more masking a method's area does than masking a control, over a group of clips.</summary>
/// <param name="Method">The method.</param>
/// <param name="Group">The clips: all, an emotion, right or wrong predictions.</param>
/// <param name="Control">What the area is compared with.</param>
/// <param name="ImportantDrop">The mean fall of probability with the method's area, with its interval.</param>
/// <param name="ControlDrop">The mean fall with the control, with its interval.</param>
/// <param name="Efficiency">Their difference with its interval; the other way round for a map of unimportance. Above 0 is good.</param>
/// <param name="PValue">One-sided permutation p-value; NaN where the group is empty.</param>
/// <param name="AdjustedPValue">The same after Holm's correction over the methods.</param>
public sealed record EffectRow(
    string Method, string Group, MaskControl Control,
    [property: JsonPropertyName("drop_important")] ConfidenceInterval ImportantDrop,
    [property: JsonPropertyName("drop_control")] ConfidenceInterval ControlDrop,
    ConfidenceInterval Efficiency,
    [property: JsonPropertyName("p")] double PValue,
    [property: JsonPropertyName("p_holm")] double AdjustedPValue);

/// <summary>A method's efficiency over all clips at one masked share with one fill.</summary>
/// <param name="Method">The method.</param>
/// <param name="Fraction">The masked share of the cells.</param>
/// <param name="Fill">What they are filled with.</param>
/// <param name="Control">What the area is compared with.</param>
/// <param name="ImportantDrop">The mean fall of probability with the method's area.</param>
/// <param name="Efficiency">How much larger it is than the control's, with its interval.</param>
public sealed record ConditionRow(
    string Method, double Fraction, FillKind Fill, MaskControl Control,
    [property: JsonPropertyName("drop_important")] double ImportantDrop,
    ConfidenceInterval Efficiency);

/// <summary>Two methods compared clip by clip, by efficiency against the shape-matched control.</summary>
/// <param name="First">The method with the larger mean.</param>
/// <param name="Second">The other one.</param>
/// <param name="Difference">First minus second, with its interval.</param>
/// <param name="PValue">Two-sided sign-flip p-value.</param>
/// <param name="AdjustedPValue">The same after Holm's correction over all pairs.</param>
public sealed record PairRow(
    string First, string Second, ConfidenceInterval Difference,
    [property: JsonPropertyName("p")] double PValue,
    [property: JsonPropertyName("p_holm")] double AdjustedPValue);
