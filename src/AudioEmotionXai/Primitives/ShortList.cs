namespace AudioEmotionXai;

/// <summary>Names in a message: a model may have a hundred thousand classes.</summary>
internal static class ShortList
{
    private const int Shown = 24;

    /// <summary>The names between commas; of many, the first ones and how many more there are.</summary>
    public static string Of(IReadOnlyCollection<string> names) =>
        names.Count <= Shown
            ? string.Join(", ", names)
            : FormattableString.Invariant($"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown} more");
}
