namespace AudioEmotionXai;

/// <summary>Where each target cell of one axis lies between two source cells.</summary>
internal readonly struct ResizeAxis
{
    private ResizeAxis(int length)
    {
        Lower = new int[length];
        Upper = new int[length];
        Fraction = new float[length];
    }

    /// <summary>The source cell at or before.</summary>
    public int[] Lower { get; }

    /// <summary>The source cell after; the last one again at the edge.</summary>
    public int[] Upper { get; }

    /// <summary>How far towards the upper one, 0 to 1.</summary>
    public float[] Fraction { get; }

    public static ResizeAxis Create(int source, int target, bool alignCorners)
    {
        ResizeAxis axis = new(target);
        double scale = alignCorners ? (target > 1 ? (source - 1.0) / (target - 1) : 0) : (double)source / target;
        for (int i = 0; i < target; i++)
        {
            double position = alignCorners ? i * scale : Math.Max(0, ((i + 0.5) * scale) - 0.5);
            int lower = Math.Min((int)position, source - 1);
            axis.Lower[i] = lower;
            axis.Upper[i] = Math.Min(lower + 1, source - 1);
            axis.Fraction[i] = (float)(position - lower);
        }

        return axis;
    }
}

/// <summary>
/// Brings a map to another size by linear interpolation along both axes: half-pixel centres and repeated edges, as PyTorch's
/// <c>interpolate(mode="bilinear", align_corners=False)</c> and OpenCV's <c>resize</c>; or with the corner cells' centres aligned.
/// </summary>
internal static class BilinearResize
{
    /// <summary>A map of another size.</summary>
    /// <param name="source">The map.</param>
    /// <param name="bins">Rows of the result.</param>
    /// <param name="frames">Columns of the result.</param>
    /// <param name="alignCorners">Whether the corner cells' centres fall on each other (PyTorch's align_corners=True).</param>
    public static TimeFrequencyMap Resize(TimeFrequencyMap source, int bins, int frames, bool alignCorners = false)
    {
        TimeFrequencyMap target = new(bins, frames);
        Resize(source.Span, source.Bins, source.Frames, target.Span, bins, frames, alignCorners);
        return target;
    }

    /// <summary>As above, over row-major spans.</summary>
    public static void Resize(
        ReadOnlySpan<float> source, int sourceBins, int sourceFrames, Span<float> target, int bins, int frames, bool alignCorners = false)
    {
        ResizeAxis rows = ResizeAxis.Create(sourceBins, bins, alignCorners);
        ResizeAxis columns = ResizeAxis.Create(sourceFrames, frames, alignCorners);
        for (int bin = 0; bin < bins; bin++)
        {
            ReadOnlySpan<float> lower = source.Slice(rows.Lower[bin] * sourceFrames, sourceFrames);
            ReadOnlySpan<float> upper = source.Slice(rows.Upper[bin] * sourceFrames, sourceFrames);
            MixRows(lower, upper, rows.Fraction[bin], columns, target.Slice(bin * frames, frames));
        }
    }

    private static void MixRows(ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, float down, in ResizeAxis columns, Span<float> target)
    {
        for (int frame = 0; frame < target.Length; frame++)
        {
            int left = columns.Lower[frame];
            int right = columns.Upper[frame];
            float along = columns.Fraction[frame];
            float top = ((1 - along) * lower[left]) + (along * lower[right]);
            float bottom = ((1 - along) * upper[left]) + (along * upper[right]);
            target[frame] = ((1 - down) * top) + (down * bottom);
        }
    }
}

/// <summary>Brings a map to another size by repeating or dropping cells, as PyTorch's <c>interpolate(mode="nearest")</c>: target cell i
/// shows source cell floor(i x source / target).</summary>
internal static class NearestResize
{
    /// <summary>A map of another size.</summary>
    /// <param name="source">The map.</param>
    /// <param name="bins">Rows of the result.</param>
    /// <param name="frames">Columns of the result.</param>
    public static TimeFrequencyMap Resize(TimeFrequencyMap source, int bins, int frames)
    {
        TimeFrequencyMap target = new(bins, frames);
        for (int bin = 0; bin < bins; bin++)
        {
            ReadOnlySpan<float> from = source.Row((int)((long)bin * source.Bins / bins));
            Span<float> to = target.Row(bin);
            for (int frame = 0; frame < frames; frame++)
                to[frame] = from[(int)((long)frame * source.Frames / frames)];
        }

        return target;
    }
}
