namespace AudioEmotionXai;

/// <summary>Equal stretches of time, each over all bins: what samples, and models that only time matters to, are divided into.</summary>
/// <param name="Stretches">How many; a map with fewer frames has one for each.</param>
public sealed record TimeSegmenter(int Stretches) : Segmenter
{
    /// <inheritdoc/>
    public override SegmentMap Segment(TimeFrequencyMap map) => new GridSegmenter { Rows = 1, Columns = Stretches }.Segment(map);

    /// <inheritdoc/>
    protected internal override string? OptionsText => ToString();

    /// <summary>Such as <c>time:20</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"time:{Stretches}");
}
