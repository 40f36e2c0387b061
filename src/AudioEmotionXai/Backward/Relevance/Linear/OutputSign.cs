namespace AudioEmotionXai;

/// <summary>The outputs of a layer that a term serves.</summary>
internal enum OutputSign
{
    /// <summary>All.</summary>
    Any,

    /// <summary>Those above zero.</summary>
    Positive,

    /// <summary>Those below zero.</summary>
    Negative,
}
