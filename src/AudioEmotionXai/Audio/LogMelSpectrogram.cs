namespace AudioEmotionXai;

/// <summary>A log-mel spectrogram in dB that knows its axes. <see cref="LogMelExtractor"/> makes it; the model's contract normalises
/// it.</summary>
public sealed class LogMelSpectrogram
{
    internal LogMelSpectrogram(TimeFrequencyMap decibels, TimeFrequencyAxes axes, LogMelOptions options)
    {
        Decibels = decibels;
        Axes = axes;
        Options = options;
    }

    /// <summary>dB of every mel bin (rows, lowest first) and frame (columns).</summary>
    public TimeFrequencyMap Decibels { get; }

    /// <summary>Seconds and hertz of the cells.</summary>
    public TimeFrequencyAxes Axes { get; }

    /// <summary>The constants it was made with.</summary>
    public LogMelOptions Options { get; }
}
