namespace AudioEmotionXai;

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
