namespace AudioEmotionXai.Reporting;

/// <summary>What a report shows: every clip, with its maps as files.</summary>
public sealed record ReportOptions
{
    /// <summary>The methods, and how they are verified.</summary>
    public required VerificationOptions Verification { get; init; }

    /// <summary>The title of the page.</summary>
    public string Title { get; init; } = "What made the model hear each emotion";

    /// <summary>The first clips of each class that get a section and figures; all where null. Default null.</summary>
    public int? ShownPerClass { get; init; }

    /// <summary>
    /// The first shown clips that can be listened to, where their recordings are known: the clip, and three sounds for every method. Each
    /// adds about 60 kB per second and sound to the page. Default 12.
    /// </summary>
    public int SoundedClips { get; init; } = 12;

    /// <summary>What counts as important in the sounds.</summary>
    public ListeningOptions Listening { get; init; } = new();

    /// <summary>Whether the shown clips' maps are written as .npy and .png files. Default true.</summary>
    public bool WritesMaps { get; init; } = true;
}
