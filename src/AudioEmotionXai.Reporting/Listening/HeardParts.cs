namespace AudioEmotionXai.Reporting;

/// <summary>What the round trip of a map leaves behind.</summary>
internal sealed record HeardParts
{
    public required ListeningOptions Options { get; init; }

    public required string TargetLabel { get; init; }

    public required TimeFrequencyAxes Axes { get; init; }

    public required TimeFrequencyMask Important { get; init; }

    public required TimeFrequencyMask Random { get; init; }

    public required IReadOnlyList<HeardSound> Sounds { get; init; }

    public required IReadOnlyList<RelevantSpan> Spans { get; init; }

    public required RoundTrip RoundTrip { get; init; }

    public required double Gain { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
