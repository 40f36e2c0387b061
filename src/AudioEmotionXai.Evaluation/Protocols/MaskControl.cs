namespace AudioEmotionXai.Evaluation;

/// <summary>What a method's area is compared with, always as many cells.</summary>
public enum MaskControl
{
    /// <summary>Cells anywhere.</summary>
    Scattered,

    /// <summary>The same shape moved in time and frequency, within the frames in which the clip sounds.</summary>
    ShapeMatched,

    /// <summary>Cells that are as loud: drawn within the loudness histogram of the method's own cells.</summary>
    EquallyLoud,
}
