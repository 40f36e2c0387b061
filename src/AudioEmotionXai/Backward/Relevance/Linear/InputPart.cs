namespace AudioEmotionXai;

/// <summary>What a branch of a linear rule feeds in place of the input x.</summary>
internal enum InputPart
{
    /// <summary>x.</summary>
    All,

    /// <summary>max(x, 0).</summary>
    Positive,

    /// <summary>min(x, 0).</summary>
    Negative,

    /// <summary>1 everywhere.</summary>
    One,

    /// <summary>The lowest value that the input can have.</summary>
    Low,

    /// <summary>The highest value that the input can have.</summary>
    High,
}
