namespace AudioEmotionXai.Reporting;

/// <summary>Which part of a clip a sound is.</summary>
public enum SoundKind
{
    /// <summary>The whole clip, as the model hears it.</summary>
    Clip,

    /// <summary>The important part alone.</summary>
    Important,

    /// <summary>The clip without its important part.</summary>
    WithoutImportant,

    /// <summary>The clip without a random part of the same shape and size.</summary>
    WithoutRandom,
}
