namespace AudioEmotionXai;

/// <summary>Which segment every cell of a map belongs to: numbers 0 to <see cref="Count"/> - 1, each of them used. What LIME switches on
/// and off.</summary>
public sealed class SegmentMap
{
    private readonly int[] _labels;

    /// <summary>Takes labels that are consecutive from 0.</summary>
    /// <param name="labels">Bins x frames numbers, a bin's frames together; copied.</param>
    /// <param name="bins">The number of rows.</param>
    /// <param name="frames">The number of columns.</param>
    /// <exception cref="ArgumentException">There are not bins x frames labels, or they are not consecutive from 0.</exception>
    public SegmentMap(ReadOnlySpan<int> labels, int bins, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        if ((long)bins * frames != labels.Length)
            throw new ArgumentException(
                $"A map of {bins} bins x {frames} frames has {(long)bins * frames} labels, but {labels.Length} were given.",
                nameof(labels));
        _labels = labels.ToArray();
        Bins = bins;
        Frames = frames;
        Sizes = CountCells(labels);
    }

    /// <summary>The number of segments.</summary>
    public int Count => Sizes.Length;

    /// <summary>The number of rows.</summary>
    public int Bins { get; }

    /// <summary>The number of columns.</summary>
    public int Frames { get; }

    /// <summary>The segment of every cell, a bin's frames together.</summary>
    public ReadOnlyMemory<int> Labels => _labels;

    /// <summary>The number of cells of every segment.</summary>
    public ReadOnlyMemory<int> Sizes { get; }

    /// <summary>The segment of one cell.</summary>
    /// <param name="bin">0 to <see cref="Bins"/> - 1.</param>
    /// <param name="frame">0 to <see cref="Frames"/> - 1.</param>
    public int this[int bin, int frame] => _labels[(bin * Frames) + frame];

    /// <summary>Takes labels of any kind (from 1 on, with gaps), and numbers them from 0 in ascending order.</summary>
    /// <param name="labels">Bins x frames numbers, a bin's frames together.</param>
    /// <param name="bins">The number of rows.</param>
    /// <param name="frames">The number of columns.</param>
    public static SegmentMap Renumber(ReadOnlySpan<int> labels, int bins, int frames)
    {
        int[] distinct = labels.ToArray();
        Array.Sort(distinct);
        int count = 0;
        for (int i = 0; i < distinct.Length; i++)
            if (i == 0 || distinct[i] != distinct[i - 1])
                distinct[count++] = distinct[i];
        int[] consecutive = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            consecutive[i] = Array.BinarySearch(distinct, 0, count, labels[i]);
        return new SegmentMap(consecutive, bins, frames);
    }

    /// <summary>A map that shows one value in all cells of a segment.</summary>
    /// <param name="values">A value for every segment.</param>
    public TimeFrequencyMap Paint(ReadOnlySpan<double> values)
    {
        TimeFrequencyMap map = new(Bins, Frames);
        Paint(values, map.Span);
        return map;
    }

    /// <summary>The cells whose right or upper neighbour (next frame, next bin) belongs to another segment: lines to draw.</summary>
    public TimeFrequencyMask Boundaries()
    {
        TimeFrequencyMask mask = new(Bins, Frames);
        for (int bin = 0; bin < Bins; bin++)
            for (int frame = 0; frame < Frames; frame++)
                mask[bin, frame] = (frame + 1 < Frames && this[bin, frame] != this[bin, frame + 1])
                    || (bin + 1 < Bins && this[bin, frame] != this[bin + 1, frame]);
        return mask;
    }

    internal void Paint(ReadOnlySpan<double> values, Span<float> cells)
    {
        if (values.Length != Count)
            throw new ArgumentException($"There are {Count} segments, but {values.Length} values.", nameof(values));
        for (int i = 0; i < _labels.Length; i++)
            cells[i] = (float)values[_labels[i]];
    }

    private static ReadOnlyMemory<int> CountCells(ReadOnlySpan<int> labels)
    {
        int most = -1;
        foreach (int label in labels)
            most = Math.Max(most, label);
        int[] sizes = new int[Math.Min(most, labels.Length) + 1];
        foreach (int label in labels)
        {
            if (label < 0 || label >= sizes.Length)
                throw new ArgumentException($"There is a label {label}; expected 0 to the number of segments - 1.", nameof(labels));
            sizes[label]++;
        }

        int unused = Array.IndexOf(sizes, 0);
        return unused < 0
            ? sizes
            : throw new ArgumentException($"No cell has the label {unused}; expected consecutive labels from 0 to {most}.", nameof(labels));
    }
}
