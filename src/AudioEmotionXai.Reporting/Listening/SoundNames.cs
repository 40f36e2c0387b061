namespace AudioEmotionXai.Reporting;

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
