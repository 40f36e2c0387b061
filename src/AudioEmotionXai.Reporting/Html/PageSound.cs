namespace AudioEmotionXai.Reporting;

/// <summary>The sounds of a clip's section: those of every map that was made audible.</summary>
/// <param name="Heard">By the map's place in the figure.</param>
internal sealed record PageSound(IReadOnlyList<KeyValuePair<int, AudibleExplanation>> Heard)
{
    /// <summary>The sounds of the only map.</summary>
    public static PageSound Of(AudibleExplanation heard) => new([new(0, heard)]);
}
