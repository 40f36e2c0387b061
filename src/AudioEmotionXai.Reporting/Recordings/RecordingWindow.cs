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
