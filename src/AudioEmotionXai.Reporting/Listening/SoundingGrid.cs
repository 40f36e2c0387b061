namespace AudioEmotionXai.Reporting;

/// <summary>The cells of a map in which the clip sounds: every bin, and the frames whose centre lies before the clip's end.</summary>
internal readonly record struct SoundingGrid(int Bins, int Frames, int AllFrames)
{
    /// <summary>The cells as verification's masks know them.</summary>
    public InputGrid Grid => new(1, Bins, Frames);

    /// <summary>The grid of a clip at the front end's rate.</summary>
    public static SoundingGrid From(LogMelOptions options, int samples)
    {
        int firstCentre = options.Center ? 0 : options.FftSize / 2;
        int frames = samples <= firstCentre ? 1 : ((samples - 1 - firstCentre) / options.HopLength) + 1;
        return new SoundingGrid(options.MelBins, Math.Min(frames, options.FrameCount), options.FrameCount);
    }

    /// <summary>The sounding cells of a map.</summary>
    public float[] Cut(TimeFrequencyMap map)
    {
        float[] cells = new float[Bins * Frames];
        for (int bin = 0; bin < Bins; bin++)
            map.Row(bin)[..Frames].CopyTo(cells.AsSpan(bin * Frames));
        return cells;
    }

    /// <summary>A mask over all frames; nothing is chosen after the clip's end.</summary>
    public TimeFrequencyMask Fill(ReadOnlySpan<bool> cells)
    {
        TimeFrequencyMask mask = new(Bins, AllFrames);
        for (int bin = 0; bin < Bins; bin++)
            cells.Slice(bin * Frames, Frames).CopyTo(mask.Span.Slice(bin * AllFrames, Frames));
        return mask;
    }
}
