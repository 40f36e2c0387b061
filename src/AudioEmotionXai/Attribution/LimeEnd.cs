namespace AudioEmotionXai;

/// <summary>Why LIME took no more samples.</summary>
public enum LimeEnd
{
    /// <summary>All that were asked for are done.</summary>
    AllSamples,

    /// <summary>The ranking of the top segments had settled.</summary>
    StableRanking,

    /// <summary>The last of the top segments were still tied when the samples set aside for telling them apart were used: more would hardly
    /// have.</summary>
    TiedRanking,

    /// <summary>The time was up.</summary>
    Deadline,
}
