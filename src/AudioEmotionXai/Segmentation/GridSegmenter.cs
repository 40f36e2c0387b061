namespace AudioEmotionXai;

/// <summary>Rectangles of nearly equal size, 8 x 12 by default: row r begins at bin floor(r x bins / rows), columns likewise; numbered row
/// by row.</summary>
public sealed record GridSegmenter : Segmenter
{
    /// <summary>Rectangles along the mel bins. Default 8; a map with fewer bins has one row for each.</summary>
    public int Rows { get; init; } = 8;

    /// <summary>Rectangles along the frames. Default 12; a map with fewer frames has one column for each.</summary>
    public int Columns { get; init; } = 12;

    /// <inheritdoc/>
    public override SegmentMap Segment(TimeFrequencyMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Columns, 1);
        int[] rows = Assign(map.Bins, Math.Min(Rows, map.Bins));
        int[] columns = Assign(map.Frames, Math.Min(Columns, map.Frames));
        int[] labels = new int[map.Count];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = (rows[i / map.Frames] * (columns[^1] + 1)) + columns[i % map.Frames];
        return new SegmentMap(labels, map.Bins, map.Frames);
    }

    /// <inheritdoc/>
    protected internal override string? OptionsText => ToString();

    /// <summary>Such as <c>grid:8x12</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"grid:{Rows}x{Columns}");

    private static int[] Assign(int length, int parts)
    {
        int[] part = new int[length];
        for (int p = 0; p < parts; p++)
            part.AsSpan((int)((long)p * length / parts)).Fill(p);
        return part;
    }
}
