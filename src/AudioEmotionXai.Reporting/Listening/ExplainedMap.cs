namespace AudioEmotionXai.Reporting;

/// <summary>A map, how its values are to be read, and the class that it explains.</summary>
/// <param name="Map">Bins x frames of the model's front end.</param>
/// <param name="Meaning">How its values are to be read.</param>
/// <param name="Target">The class, as an index into the model's labels.</param>
public sealed record ExplainedMap(TimeFrequencyMap Map, MapMeaning Meaning, int Target)
{
    /// <summary>The method with its options, as <c>AttributionMethod.ToString</c> writes it. Default: empty, for a map of unknown
    /// origin.</summary>
    public string Method { get; init; } = "";

    /// <summary>What the method warned of. Default: nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
