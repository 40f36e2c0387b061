namespace AudioEmotionXai;

/// <summary>The cells of a map in which the clip sounds: every bin, and the frames whose centre lies before the clip's end.</summary>
internal readonly record struct SoundingCells(int Bins, int Frames, int AllFrames)
{
    /// <summary>The grid of a clip at the front end's rate.</summary>
    public static SoundingCells Of(LogMelOptions options, int samples)
    {
        int firstCentre = options.FirstCentre;
        int frames = samples <= firstCentre ? 1 : ((samples - 1 - firstCentre) / options.HopLength) + 1;
        return new SoundingCells(options.MelBins, Math.Min(frames, options.FrameCount), options.FrameCount);
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

    /// <summary>How much each sounding cell weighs in a map, never negative: its evidence, or how far it is from the least important
    /// cell.</summary>
    /// <param name="map">The map.</param>
    /// <param name="meaning">How its values are to be read.</param>
    /// <param name="isMagnitude">Whether a signed value counts by its size, whatever its sign.</param>
    public float[] Weights(TimeFrequencyMap map, MapMeaning meaning, bool isMagnitude = false)
    {
        float[] values = Array.ConvertAll(Cut(map), value => Importance(value, meaning, isMagnitude));
        float floor = meaning == MapMeaning.Unimportance ? values.Min() : 0;
        return Array.ConvertAll(values, value => Math.Max(0, value - floor));
    }

    /// <summary>How important a value is: large is important, whatever the map says.</summary>
    public static float Importance(float value, MapMeaning meaning, bool isMagnitude) => meaning switch
    {
        _ when !float.IsFinite(value) => 0,
        MapMeaning.Unimportance => -value,
        MapMeaning.Signed when isMagnitude => Math.Abs(value),
        _ => value,
    };
}
