namespace AudioEmotionXai;

/// <summary>Composes an item with some segments hidden: a copy of the item, and runs of hidden cells over it. Nothing is allocated per
/// sample.</summary>
internal sealed class SegmentHider
{
    private readonly ReadOnlyMemory<float> _item;
    private readonly float[] _hidden;
    private readonly ItemGeometry _geometry;
    private readonly int[] _firstRun;
    private readonly (int Start, int Length)[] _runs;

    public SegmentHider(ReadOnlyMemory<float> item, ItemGeometry geometry, SegmentMap segments, Hiding hiding)
    {
        _item = item;
        _geometry = geometry;
        _hidden = Hidden(item.Span, geometry, segments, hiding);
        (_firstRun, _runs) = Runs(segments);
    }

    /// <summary>The item with every segment hidden.</summary>
    public ReadOnlySpan<float> AllHidden => _hidden;

    /// <summary>Writes the item with the segments of 0 hidden.</summary>
    /// <param name="shown">0 or 1 for every segment.</param>
    /// <param name="target">As many cells as the item.</param>
    public void Compose(ReadOnlySpan<byte> shown, Span<float> target)
    {
        _item.Span.CopyTo(target);
        for (int segment = 0; segment < shown.Length; segment++)
        {
            if (shown[segment] != 0)
                continue;
            foreach ((int start, int length) in _runs.AsSpan(_firstRun[segment], _firstRun[segment + 1] - _firstRun[segment]))
                for (int plane = 0; plane < _geometry.Planes; plane++)
                    _hidden.AsSpan((plane * _geometry.Cells) + start, length).CopyTo(target[((plane * _geometry.Cells) + start)..]);
        }
    }

    private static float[] Hidden(ReadOnlySpan<float> item, ItemGeometry geometry, SegmentMap segments, Hiding hiding)
    {
        float[] hidden = new float[item.Length];
        if (hiding.Baseline is { } baseline)
        {
            Array.Fill(hidden, baseline.For(item));
            return hidden;
        }

        for (int plane = 0; plane < geometry.Planes; plane++)
            segments.Paint(
                Means(item.Slice(plane * geometry.Cells, geometry.Cells), segments), hidden.AsSpan(plane * geometry.Cells, geometry.Cells));
        return hidden;
    }

    private static double[] Means(ReadOnlySpan<float> plane, SegmentMap segments)
    {
        double[] means = new double[segments.Count];
        ReadOnlySpan<int> labels = segments.Labels.Span;
        for (int i = 0; i < plane.Length; i++)
            means[labels[i]] += plane[i];
        for (int segment = 0; segment < means.Length; segment++)
            means[segment] /= segments.Sizes.Span[segment];
        return means;
    }

    private static (int[] First, (int Start, int Length)[] Runs) Runs(SegmentMap segments)
    {
        List<(int Start, int Length)>[] bySegment = new List<(int, int)>[segments.Count];
        for (int segment = 0; segment < bySegment.Length; segment++)
            bySegment[segment] = [];
        ReadOnlySpan<int> labels = segments.Labels.Span;
        for (int start = 0, end; start < labels.Length; start = end)
        {
            end = start + 1;
            while (end < labels.Length && labels[end] == labels[start])
                end++;
            bySegment[labels[start]].Add((start, end - start));
        }

        int[] first = new int[segments.Count + 1];
        for (int segment = 0; segment < bySegment.Length; segment++)
            first[segment + 1] = first[segment] + bySegment[segment].Count;
        return (first, [.. bySegment.SelectMany(runs => runs)]);
    }
}
