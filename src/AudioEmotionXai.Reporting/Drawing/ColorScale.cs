namespace AudioEmotionXai.Reporting;

/// <summary>
/// Which colour stands for which value, and how many cells lie beyond either end: the one place where maps are normalised, and only to be
/// drawn.
/// </summary>
/// <remarks>Cells beyond an end take that end's colour; the count stands beside the picture, so nothing is clipped silently.</remarks>
internal sealed record ColorScale
{
    /// <summary>The part of the cells that a robust scale spans.</summary>
    public const double RobustPart = 0.995;

    // Below this ratio of largest to robust magnitude the whole range is still readable.
    private const float FewOutliers = 1.5f;

    private ColorScale(ColorMap map, float low, float high)
    {
        Map = map;
        Low = low;
        High = high;
    }

    /// <summary>The colours.</summary>
    public ColorMap Map { get; }

    /// <summary>The value of the first colour.</summary>
    public float Low { get; }

    /// <summary>The value of the last colour.</summary>
    public float High { get; }

    /// <summary>Finite cells below <see cref="Low"/>.</summary>
    public int Below { get; private init; }

    /// <summary>Finite cells above <see cref="High"/>.</summary>
    public int Above { get; private init; }

    /// <summary>Cells that are NaN or infinite.</summary>
    public int NotFinite { get; private init; }

    /// <summary>The cells counted.</summary>
    public int Count { get; private init; }

    /// <summary>A scale over all values of a spectrogram.</summary>
    public static ColorScale ForSpectrogram(TimeFrequencyMap map)
    {
        float[] values = SortedFinite(map.Span);
        return values.Length == 0
            ? WithCounts(new ColorScale(ColorMap.Spectrogram, 0, 0), map.Span)
            : WithCounts(new ColorScale(ColorMap.Spectrogram, values[0], values[^1]), map.Span);
    }

    /// <summary>
    /// A scale for a relevance map: diverging and symmetric about 0 when any cell is negative, else from 0 up.
    /// </summary>
    /// <param name="map">The map.</param>
    /// <param name="isRobust">Ends the scale where <see cref="RobustPart"/> of the cells' magnitudes lie inside, so that a few extreme
    /// cells do not hide the rest; not where the largest is within half as much again.</param>
    public static ColorScale ForRelevance(TimeFrequencyMap map, bool isRobust = true)
    {
        bool isSigned = false;
        float[] magnitudes = new float[map.Count];
        for (int i = 0; i < magnitudes.Length; i++)
        {
            isSigned |= map.Span[i] < 0;
            magnitudes[i] = Math.Abs(map.Span[i]);
        }

        float[] sorted = SortedFinite(magnitudes);
        float end = sorted.Length == 0 ? 0 : sorted[^1];
        if (isRobust && sorted.Length > 0)
        {
            float robust = sorted[(int)Math.Ceiling(RobustPart * (sorted.Length - 1))];
            end = robust > 0 && end > FewOutliers * robust ? robust : end;
        }

        return WithCounts(new ColorScale(isSigned ? ColorMap.Diverging : ColorMap.Sequential, isSigned ? -end : 0, end), map.Span);
    }

    /// <summary>The position of a value from 0 to 1, values beyond an end at that end; 0 (the middle of a diverging scale) when the scale
    /// is empty.</summary>
    public double PositionOf(float value)
    {
        if (High > Low)
            return Math.Clamp(((double)value - Low) / ((double)High - Low), 0, 1);
        return Map.IsDiverging ? 0.5 : 0;
    }

    /// <summary>The palette entry of a value; <see cref="ColorMap.Size"/> when it is not finite.</summary>
    public int IndexOf(float value) => float.IsFinite(value) ? ColorMap.IndexOf(PositionOf(value)) : ColorMap.Size;

    private static ColorScale WithCounts(ColorScale scale, ReadOnlySpan<float> values)
    {
        int below = 0, above = 0, notFinite = 0;
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                notFinite++;
            else if (value < scale.Low)
                below++;
            else if (value > scale.High)
                above++;
        }

        return scale with { Below = below, Above = above, NotFinite = notFinite, Count = values.Length };
    }

    private static float[] SortedFinite(ReadOnlySpan<float> values)
    {
        List<float> finite = new(values.Length);
        foreach (float value in values)
            if (float.IsFinite(value))
                finite.Add(value);
        float[] sorted = [.. finite];
        Array.Sort(sorted);
        return sorted;
    }
}
