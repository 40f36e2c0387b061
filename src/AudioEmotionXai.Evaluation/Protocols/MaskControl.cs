namespace AudioEmotionXai.Evaluation;

/// <summary>What a method's area is compared with.</summary>
public enum MaskControl
{
    /// <summary>As many cells anywhere.</summary>
    Scattered,

    /// <summary>The same shape moved in time and mel, wrapped around the edges.</summary>
    ShapeMatched,
}
