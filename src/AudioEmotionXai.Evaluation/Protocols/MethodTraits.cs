namespace AudioEmotionXai.Evaluation;

/// <summary>What a protocol needs to know about a row of its tables: a method, a map of someone else's, or a reference.</summary>
/// <param name="Name">The name in tables, unique in a run.</param>
/// <param name="Meaning">How the map's values are to be read.</param>
/// <param name="NotebookMask">Which cells the notebook masks.</param>
internal sealed record MethodTraits(string Name, MapMeaning Meaning, NotebookMaskRule NotebookMask)
{
    /// <summary>The name of the row whose map is the clip's loudness.</summary>
    public const string LoudnessName = "loudness (no model)";

    /// <summary>+1 where masking the chosen cells should hurt more than masking others, -1 where it should hurt less.</summary>
    public int Direction => Meaning == MapMeaning.Unimportance ? -1 : 1;

    /// <summary>Whether the map comes from the model that is asked; false too where nobody knows.</summary>
    public bool UsesModel { get; init; } = true;

    /// <summary>Whether the row only shows what a map without this model's knowledge reaches.</summary>
    public bool IsReference { get; init; }

    /// <summary>Whether the row takes part in the ranking.</summary>
    public bool IsRanked => Meaning != MapMeaning.Unimportance;

    /// <summary>The traits of a method under a name.</summary>
    public static MethodTraits Of(string name, MapMeaning meaning, bool isSegmentBased = false) => new(name, meaning, meaning switch
    {
        _ when isSegmentBased => NotebookMaskRule.PositiveSegments,
        MapMeaning.Unimportance => NotebookMaskRule.AboveHalf,
        MapMeaning.Signed => NotebookMaskRule.TopMagnitude,
        _ => NotebookMaskRule.TopShare,
    });

    /// <summary>The clip's loudness as a map.</summary>
    public static MethodTraits Loudness() => Of(LoudnessName, MapMeaning.Positive) with { UsesModel = false, IsReference = true };

    /// <summary>The same method on networks whose weights are random.</summary>
    public MethodTraits OnRandomNetwork() => this with { Name = $"{Name} (random network)", IsReference = true };
}
