namespace AudioEmotionXai.Evaluation;

/// <summary>The result of the controlled protocol: effects with intervals and p-values, the ranking, and the verdict.</summary>
public sealed record ControlledTable
{
    /// <summary>Per group, control and method.</summary>
    public required IReadOnlyList<EffectRow> Effects { get; init; }

    /// <summary>Per share, fill, control and method, over all clips.</summary>
    public required IReadOnlyList<ConditionRow> Conditions { get; init; }

    /// <summary>Every pair of methods that claim importance.</summary>
    public required IReadOnlyList<PairRow> Pairs { get; init; }

    /// <summary>The methods that claim importance, best first.</summary>
    public required IReadOnlyList<RankRow> Ranking { get; init; }

    /// <summary>The method that is effective and significantly better than every other, or null: no winner.</summary>
    public required string? Winner { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Verdict { get; init; }
}
