namespace AudioEmotionXai.Reporting;

/// <summary>What the model says of one window of a long recording, and what it listened to there.</summary>
public sealed record RecordingWindow
{
    /// <summary>Its number, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Where it begins, in seconds from the recording's start.</summary>
    public required double Start { get; init; }

    /// <summary>Where it ends, in seconds.</summary>
    public required double End { get; init; }

    /// <summary>Its level in dB below a mean square of 1; null for digital silence.</summary>
    public double? Level { get; init; }

    /// <summary>What the model says of it.</summary>
    public required Prediction Prediction { get; init; }

    /// <summary>The class that was explained, as an index into the model's labels.</summary>
    public required int Target { get; init; }

    /// <summary>
    /// How much each frame mattered against the window's mean, which is 1: the importance of its cells (positive relevance; for maps of
    /// unimportance, the distance from the largest value) as a share of all frames', times their number. Zeros where the map has no
    /// importance at all.
    /// </summary>
    public required ReadOnlyMemory<float> Relevance { get; init; }

    /// <summary>What the frames of <see cref="Relevance"/>, and the rows and columns of <see cref="Map"/>, stand for; seconds count from
    /// the window's start.</summary>
    public required TimeFrequencyAxes Axes { get; init; }

    /// <summary>The whole map, raw; null unless <see cref="RecordingOptions.KeepsMaps"/>.</summary>
    public TimeFrequencyMap? Map { get; init; }

    /// <summary>The relevance of the frame nearest to a time of the recording.</summary>
    /// <param name="seconds">From <see cref="Start"/> to <see cref="End"/>.</param>
    public float RelevanceAt(double seconds)
    {
        double frame = Math.Round((seconds - Start - Axes.FirstFrameSeconds) / Axes.SecondsPerFrame);
        return Relevance.IsEmpty ? 0 : Relevance.Span[(int)Math.Clamp(frame, 0, Relevance.Length - 1)];
    }
}

/// <summary>How much each frame of a window mattered, from its map.</summary>
internal static class FrameRelevance
{
    /// <summary>The importance of each frame's cells, scaled to a mean of 1; zeros where there is none.</summary>
    /// <param name="map">The window's map.</param>
    /// <param name="meaning">How its values are to be read.</param>
    /// <param name="frames">The frames in which the window has samples; those after them do not count.</param>
    public static float[] From(TimeFrequencyMap map, MapMeaning meaning, int frames)
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
