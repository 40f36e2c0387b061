namespace AudioEmotionXai.Reporting;

/// <summary>Which end of a text its position names.</summary>
internal enum TextAnchor
{
    /// <summary>The text begins there.</summary>
    Start,

    /// <summary>The text is centred there.</summary>
    Middle,

    /// <summary>The text ends there.</summary>
    End,
}
