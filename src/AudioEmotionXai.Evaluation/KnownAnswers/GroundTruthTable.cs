using System.Text.Json.Serialization;

namespace AudioEmotionXai.Evaluation;

/// <summary>How well methods find evidence whose place is known.</summary>
public sealed record GroundTruthTable
{
    /// <summary>The verdict in a sentence.</summary>
    public required string Verdict { get; init; }

    /// <summary>The method that is better than every other on mosaics, while none is better on planted events; null: none.</summary>
    public required string? Winner { get; init; }

    /// <summary>How many mosaics were made.</summary>
    public required int Mosaics { get; init; }

    /// <summary>How many events were planted that raise the log-odds of their class.</summary>
    public required int Events { get; init; }

    /// <summary>How many events were left out, since they do not.</summary>
    public required int EventsLeftOut { get; init; }

    /// <summary>How many tests Holm's correction is over: all of this table.</summary>
    public required int Tests { get; init; }

    /// <summary>The methods, and the clip's loudness as a reference, best on mosaics first.</summary>
    public required IReadOnlyList<GroundTruthRow> Rows { get; init; }

    /// <summary>Every pair of rows.</summary>
    public required IReadOnlyList<GroundTruthPair> Pairs { get; init; }
}

/// <summary>What a method finds. Shares from 0 to 1, each with its interval over mosaics or events.</summary>
/// <param name="Method">The method, or the reference.</param>
/// <param name="Mosaic">The share of positive relevance in the asked class's half; chance 0.5.</param>
/// <param name="EventMass">The share of positive relevance in the cells that the event changed.</param>
/// <param name="EventRank">The share of the event's cells among as many of the map's largest (relevance rank accuracy).</param>
/// <param name="EventHit">How often the map's largest value lies in the event (pointing game).</param>
/// <param name="EventChance">The share of the cells that the event changed: what chance reaches in the three.</param>
/// <param name="PValue">Of a share of 0.5 on mosaics, two-sided.</param>
/// <param name="AdjustedPValue">The same after Holm's correction over all tests of the table.</param>
/// <param name="IsReference">Whether it only shows what a map without the model's knowledge reaches.</param>
public sealed record GroundTruthRow(
    string Method, ConfidenceInterval Mosaic, ConfidenceInterval EventMass, ConfidenceInterval EventRank, ConfidenceInterval EventHit,
    double EventChance, [property: JsonPropertyName("p")] double PValue, [property: JsonPropertyName("p_holm")] double AdjustedPValue,
    [property: JsonPropertyName("reference")] bool IsReference);

/// <summary>Two rows compared mosaic by mosaic, or event by event.</summary>
/// <param name="First">The one with the larger mean.</param>
/// <param name="Second">The other one.</param>
/// <param name="OnEvents">Whether it is about the events' mass; else about mosaics.</param>
/// <param name="Difference">First minus second, with its interval.</param>
/// <param name="PValue">Two-sided, from the same distribution as the interval.</param>
/// <param name="AdjustedPValue">The same after Holm's correction over all tests of the table.</param>
public sealed record GroundTruthPair(
    string First, string Second, bool OnEvents, ConfidenceInterval Difference, [property: JsonPropertyName("p")] double PValue,
    [property: JsonPropertyName("p_holm")] double AdjustedPValue);
