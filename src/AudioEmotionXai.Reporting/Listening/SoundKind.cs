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

/// <summary>What sounds are called: in files, and for people.</summary>
public static class SoundNames
{
    /// <summary>A sound's name in file names and JSON: <c>clip</c>, <c>important</c>, <c>without-important</c>,
    /// <c>without-random</c>.</summary>
    /// <param name="kind">Which sound.</param>
    public static string IdOf(SoundKind kind) => kind switch
    {
        SoundKind.Clip => "clip",
        SoundKind.Important => "important",
        SoundKind.WithoutImportant => "without-important",
        SoundKind.WithoutRandom => "without-random",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such sound."),
    };

    /// <summary>A sound's name for people.</summary>
    /// <param name="kind">Which sound.</param>
    public static string TitleOf(SoundKind kind) => kind switch
    {
        SoundKind.Clip => "The clip",
        SoundKind.Important => "The important part alone",
        SoundKind.WithoutImportant => "Without the important part",
        SoundKind.WithoutRandom => "Without a random part",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such sound."),
    };
}
