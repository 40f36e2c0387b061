namespace AudioEmotionXai.Reporting;

/// <summary>A relevance map as a figure shows it.</summary>
/// <param name="Title">The method's name.</param>
/// <param name="Map">Raw values; they are scaled only when drawn.</param>
/// <param name="Caption">A line under the title, such as the class explained.</param>
public sealed record FigureMap(string Title, TimeFrequencyMap Map, string? Caption = null)
{
    /// <summary>What the values are, beside the colour bar. Default: relevance.</summary>
    public string Unit { get; init; } = "relevance";
}
