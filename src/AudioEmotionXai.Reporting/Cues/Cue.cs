namespace AudioEmotionXai.Reporting;

/// <summary>How an important part differs from the rest of its clip in one cue, and how unusual that is.</summary>
/// <param name="Cue">Which: <c>pitch</c>, <c>pitch_range</c>, <c>pitch_slope</c>, <c>level</c>, <c>voiced_share</c>, <c>energy</c>,
/// <c>centroid</c> or <c>tilt</c>.</param>
/// <param name="Value">The part less the rest, in the threshold's unit; for energy log2 of the share of energy over that of cells. Infinite
/// where one of them is silent (null in JSON).</param>
/// <param name="Threshold">From which size on it is worth a sentence.</param>
/// <param name="Rank">Its place by size among random parts of the same shape: 1 where it is larger than that of each. A tie counts against
/// it, and a random part without the cue has no difference.</param>
/// <param name="Of">The number of places: random parts and one.</param>
/// <param name="IsTold">Whether it has a sentence: it reaches the threshold, and its rank has a p of 0.05 at most.</param>
public sealed record CueDifference(string Cue, double Value, double Threshold, int Rank, int Of, bool IsTold);

/// <summary>One cue: how two parts differ in it, and from where on that is told.</summary>
internal sealed record Cue(string Name, Func<CueOptions, double> Threshold, Func<PartCues, PartCues, CueOptions, double?> Difference)
{
    public const string Pitch = "pitch", Range = "pitch_range", Slope = "pitch_slope", Level = "level", Voiced = "voiced_share",
        Energy = "energy", Centroid = "centroid", Tilt = "tilt";

    private static readonly Cue[] s_all =
    [
        new(Energy, options => Math.Log2(options.EnergyFactor), (part, _, _) =>
            part.EnergyShare is { } energy && part.CellShare is not (0 or 1) ? Math.Log2(energy / part.CellShare) : null),
        new(Pitch, options => options.PitchSemitones, (part, rest, options) =>
            AreVoiced(part, rest, options) ? 12 * Math.Log2(part.Pitch!.Median / rest.Pitch!.Median) : null)
        {
            Ranked = (part, rest, options) =>
                AreVoiced(part, rest, options) ? part.Pitch!.MeanSemitones - rest.Pitch!.MeanSemitones : null,
        },
        new(Range, options => options.RangeSemitones, (part, rest, options) =>
            AreVoiced(part, rest, options) ? part.Pitch!.RangeSemitones - rest.Pitch!.RangeSemitones : null),
        new(Slope, options => options.SlopeSemitonesPerSecond, (part, rest, options) =>
            AreVoiced(part, rest, options) ? part.Pitch!.Slope - rest.Pitch!.Slope : null),
        new(Level, options => options.LevelDecibels, (part, rest, _) => LevelOf(part, rest)),
        new(Voiced, options => options.VoicedShare, (part, rest, _) =>
            HaveMoments(part, rest) ? part.VoicedShare - rest.VoicedShare : null),
        new(Centroid, options => options.CentroidOctaves, (part, rest, _) =>
            part.Centroid > 0 && rest.Centroid > 0 ? Math.Log2(part.Centroid.Value / rest.Centroid.Value) : null),
        new(Tilt, options => options.TiltDecibelsPerOctave, (part, rest, _) => part.Tilt - rest.Tilt),
    ];

    /// <summary>What is ranked, where that is not the difference itself.</summary>
    private Func<PartCues, PartCues, CueOptions, double?>? Ranked { get; init; }

    /// <summary>Every cue in which a part can be compared with the rest.</summary>
    public static CueDifference[] Compare(
        PartCues part, PartCues rest, CueOptions options, IReadOnlyList<(PartCues Important, PartCues Others)> randoms) =>
    [
        .. part.Position is null
            ? []
            : s_all.Select(cue => cue.Of(part, rest, options, randoms)).OfType<CueDifference>(),
    ];

    private CueDifference? Of(
        PartCues part, PartCues rest, CueOptions options, IReadOnlyList<(PartCues Important, PartCues Others)> randoms)
    {
        if (Difference(part, rest, options) is not { } value)
            return null;
        double SizeOf(PartCues part, PartCues rest) => Math.Abs((Ranked ?? Difference)(part, rest, options) ?? 0);
        int rank = RandomRank.Of(SizeOf(part, rest), randoms.Select(random => SizeOf(random.Important, random.Others)));
        double threshold = Threshold(options);
        bool isLarge = Math.Abs(value) >= threshold && value != 0;
        return new CueDifference(Name, value, threshold, rank, randoms.Count + 1, isLarge && RandomRank.IsRare(rank, randoms.Count));
    }

    private static bool AreVoiced(PartCues part, PartCues rest, CueOptions options) =>
        HaveMoments(part, rest)
        && part.Pitch is { } pitch && rest.Pitch is { } other
        && Math.Min(pitch.VoicedSeconds, other.VoicedSeconds) >= options.LeastVoicedSeconds;

    /// <summary>Whether some moments belong more to the part, and others to the rest.</summary>
    private static bool HaveMoments(PartCues part, PartCues rest) => part.Position is not null && rest.Position is not null;

    private static double? LevelOf(PartCues part, PartCues rest) => (HaveMoments(part, rest), part.Level, rest.Level) switch
    {
        (false, _, _) or (_, null, null) => null,
        (_, null, _) => double.NegativeInfinity,
        (_, _, null) => double.PositiveInfinity,
        (_, { } level, { } other) => level - other,
    };
}
