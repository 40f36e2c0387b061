namespace AudioEmotionXai.Reporting;

/// <summary>How much each frame of a window mattered, from its map.</summary>
internal static class FrameRelevance
{
    /// <summary>The importance of each frame's cells, scaled to a mean of 1; zeros where there is none.</summary>
    /// <param name="map">The window's map.</param>
    /// <param name="meaning">How its values are to be read.</param>
    /// <param name="frames">The frames in which the window has samples; those after them do not count.</param>
    public static float[] Of(TimeFrequencyMap map, MapMeaning meaning, int frames)
    {
        double[] sums = new double[frames];
        float ceiling = meaning == MapMeaning.Unimportance ? LargestOf(map, frames) : 0;
        for (int bin = 0; bin < map.Bins; bin++)
        {
            ReadOnlySpan<float> row = map.Row(bin)[..frames];
            for (int frame = 0; frame < frames; frame++)
                if (float.IsFinite(row[frame]))
                    sums[frame] += Math.Max(0, meaning == MapMeaning.Unimportance ? ceiling - row[frame] : row[frame]);
        }

        double mean = sums.Average();
        return Array.ConvertAll(sums, sum => mean > 0 ? (float)(sum / mean) : 0);
    }

    private static float LargestOf(TimeFrequencyMap map, int frames)
    {
        float largest = float.MinValue;
        for (int bin = 0; bin < map.Bins; bin++)
            foreach (float value in map.Row(bin)[..frames])
                if (float.IsFinite(value))
                    largest = Math.Max(largest, value);
        return largest;
    }
}
