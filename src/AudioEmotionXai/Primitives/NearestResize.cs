namespace AudioEmotionXai;

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
