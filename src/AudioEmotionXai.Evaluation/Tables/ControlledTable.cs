using System.Text.Json.Serialization;

namespace AudioEmotionXai.Evaluation;

/// <summary>The result of the controlled protocol: effects with intervals and p-values, the ranking, and the verdict.</summary>
public sealed record ControlledTable
{
    /// <summary>The verdict in sentences.</summary>
    public required string Verdict { get; init; }

    /// <summary>The method that is effective and significantly better than every other row, references included; null: no winner.</summary>
    public required string? Winner { get; init; }

    /// <summary>Which cells of signed maps came first.</summary>
    public required SignedMapOrder Order { get; init; }

    /// <summary>Who would lead if signed maps were read in the other order; null where no map is signed.</summary>
    public required OrderComparison? OtherOrder { get; init; }

    /// <summary>What intervals and tests are over: clips, or groups of clips where they are known.</summary>
    public required string Unit { get; init; }

    /// <summary>How many of them there are.</summary>
    public required int Units { get; init; }

    /// <summary>How many tests Holm's correction is over: all of this table.</summary>
    public required int Tests { get; init; }

    /// <summary>The methods that claim importance, and the references, best first.</summary>
    public required IReadOnlyList<RankRow> Ranking { get; init; }

    /// <summary>Per group, control and method.</summary>
    public required IReadOnlyList<EffectRow> Effects { get; init; }

    /// <summary>Per method, control and share: the effect under each fill, and whether it has one sign.</summary>
    public required IReadOnlyList<FillRow> Fills { get; init; }

    /// <summary>Every pair of ranked rows.</summary>
    public required IReadOnlyList<PairRow> Pairs { get; init; }
}

/// <summary>A row's place; rows that cannot be told apart from the better one share it.</summary>
/// <param name="Method">The method, or the reference.</param>
/// <param name="Rank">One more than the number of rows that are significantly better.</param>
/// <param name="Drop">The mean fall of the class's probability with its cells.</param>
/// <param name="LogOddsDrop">The mean fall of the class's log-odds, in nats.</param>
/// <param name="IsEffective">Whether it beats all three controls and the clip's loudness, with one sign under every fill.</param>
/// <param name="IsReference">Whether it only shows what a map without the model's knowledge reaches: never a winner.</param>
/// <param name="Why">What it does not beat, or which effect depends on the fill; empty where it is effective.</param>
public sealed record RankRow(
    string Method, int Rank, ConfidenceInterval Drop, double LogOddsDrop, [property: JsonPropertyName("effective")] bool IsEffective,
    [property: JsonPropertyName("reference")] bool IsReference, string Why);

/// <summary>How much more masking a method's area does than masking a control, over a group of clips.</summary>
/// <param name="Method">The method.</param>
/// <param name="Group">The clips: all, an emotion, right or wrong predictions.</param>
/// <param name="Control">What the area is compared with.</param>
/// <param name="ImportantDrop">The mean fall of probability with the method's area, with its interval.</param>
/// <param name="ControlDrop">The mean fall with the control, with its interval.</param>
/// <param name="Efficiency">Their difference with its interval; the other way round for a map of unimportance. Above 0 is good.</param>
/// <param name="LogOdds">The same difference in log-odds, in nats.</param>
/// <param name="PValue">Two-sided, from the same distribution as the efficiency's interval; NaN below 6 clips or groups.</param>
/// <param name="AdjustedPValue">The same after Holm's correction over all tests of the table.</param>
public sealed record EffectRow(
    string Method, string Group, MaskControl Control,
    [property: JsonPropertyName("drop_important")] ConfidenceInterval ImportantDrop,
    [property: JsonPropertyName("drop_control")] ConfidenceInterval ControlDrop,
    ConfidenceInterval Efficiency,
    ConfidenceInterval LogOdds,
    [property: JsonPropertyName("p")] double PValue,
    [property: JsonPropertyName("p_holm")] double AdjustedPValue);

/// <summary>A method's effect over all clips against a control, fill by fill.</summary>
/// <param name="Method">The method.</param>
/// <param name="Control">What the area is compared with.</param>
/// <param name="Fraction">The masked share of the cells; null: all shares.</param>
/// <param name="Fills">Per fill.</param>
/// <param name="DependsOnFill">Whether the effect is above 0 under some fills and not under others.</param>
public sealed record FillRow(
    string Method, MaskControl Control, double? Fraction, IReadOnlyList<FillEffect> Fills,
    [property: JsonPropertyName("depends_on_fill")] bool DependsOnFill);

/// <summary>An effect under one fill.</summary>
/// <param name="Fill">What masked cells are filled with.</param>
/// <param name="ImportantDrop">The mean fall of probability with the method's area.</param>
/// <param name="Efficiency">How much larger it is than the control's, with its interval.</param>
public sealed record FillEffect(
    FillKind Fill, [property: JsonPropertyName("drop_important")] double ImportantDrop, ConfidenceInterval Efficiency);

/// <summary>Two ranked rows compared clip by clip, by the falls of probability at equal areas.</summary>
/// <param name="First">The one with the larger mean.</param>
/// <param name="Second">The other one.</param>
/// <param name="Difference">First minus second, with its interval.</param>
/// <param name="LogOdds">The same in log-odds, in nats.</param>
/// <param name="DetectableLead">The difference that this run finds in four of five cases, after the correction.</param>
/// <param name="PValue">Two-sided, from the same distribution as the interval.</param>
/// <param name="AdjustedPValue">The same after Holm's correction over all tests of the table.</param>
public sealed record PairRow(
    string First, string Second, ConfidenceInterval Difference, double LogOdds, double DetectableLead,
    [property: JsonPropertyName("p")] double PValue,
    [property: JsonPropertyName("p_holm")] double AdjustedPValue);

/// <summary>Who leads in the two orders in which signed maps can be read: the method that is significantly better than all
/// others.</summary>
/// <param name="Order">The other order.</param>
/// <param name="Leader">Who leads in the order of the table, or null.</param>
/// <param name="OtherLeader">Who leads in the other order, or null.</param>
/// <param name="Drops">The mean fall of probability of each signed map's cells in the other order.</param>
public sealed record OrderComparison(
    SignedMapOrder Order, string? Leader, string? OtherLeader, IReadOnlyList<OrderDrop> Drops);

/// <summary>What a signed map's cells do in the other order.</summary>
/// <param name="Method">The method.</param>
/// <param name="Drop">The mean fall of probability.</param>
public sealed record OrderDrop(string Method, ConfidenceInterval Drop);
