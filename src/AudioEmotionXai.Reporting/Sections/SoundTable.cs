namespace AudioEmotionXai.Reporting;

/// <summary>What the model says of every sound of an explanation, class by class.</summary>
internal static class SoundTable
{
    /// <summary>Makes the table.</summary>
    public static PageTable Create(AudibleExplanation heard, IReadOnlyList<string> labels) => new(
        "What the model says of each sound after its way through a 16-bit WAV file, in %, and how much of the clip's energy the sound has",
        ["sound", .. labels, "energy"],
        [.. heard.Sounds.Select(Row)]);

    private static IReadOnlyList<string> Row(HeardSound sound) =>
    [
        SoundNames.TitleOf(sound.Kind),
        .. sound.Prediction.Probabilities.ToArray().Select(probability => FormattableString.Invariant($"{100 * probability:0.0}")),
        FormattableString.Invariant($"{100 * sound.EnergyShare:0.0} %"),
    ];
}
