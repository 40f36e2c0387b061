namespace AudioEmotionXai.Evaluation;

/// <summary>What a protocol needs to know about a method: its name in tables, how to read its map, and its mask in the notebook.</summary>
/// <param name="Name">The name in tables, unique in a run.</param>
/// <param name="Meaning">How the map's values are to be read.</param>
/// <param name="NotebookMask">Which cells the notebook masks.</param>
internal sealed record MethodTraits(string Name, MapMeaning Meaning, NotebookMaskRule NotebookMask)
{
    /// <summary>+1 where masking the chosen cells should hurt more than masking others, -1 where it should hurt less.</summary>
    public int Direction => Meaning == MapMeaning.Unimportance ? -1 : 1;

    /// <summary>The traits of a method under a name.</summary>
    public static MethodTraits Of(string name, MapMeaning meaning, bool isSegmentBased = false) => new(name, meaning, meaning switch
    {
        _ when isSegmentBased => NotebookMaskRule.PositiveSegments,
        MapMeaning.Unimportance => NotebookMaskRule.AboveHalf,
        MapMeaning.Signed => NotebookMaskRule.TopMagnitude,
        _ => NotebookMaskRule.TopShare,
    });
}
