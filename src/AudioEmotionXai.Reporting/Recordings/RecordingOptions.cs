namespace AudioEmotionXai.Reporting;

/// <summary>How a long recording is taken apart: windows of the model's length, half a window apart, 4 at once, the predicted class
/// explained.</summary>
public sealed record RecordingOptions
{
    private readonly double? _hop;
    private readonly int _batch = 4;

    /// <summary>Seconds from one window's start to the next: above 0 and at most the window's length. Default: half of it.</summary>
    public double? HopSeconds
    {
        get => _hop;
        init =>
            _hop = value is null or (> 0 and <= 3600)
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(HopSeconds),
                    FormattableString.Invariant($"HopSeconds is {value}; expected: above 0 and at most the model's window."));
    }

    /// <summary>How many windows are explained at once, 1 to 1024. Memory grows with it. Default 4.</summary>
    public int BatchSize
    {
        get => _batch;
        init =>
            _batch = value is >= 1 and <= 1024
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(BatchSize), FormattableString.Invariant($"BatchSize is {value}; expected: 1 to 1024."));
    }

    /// <summary>The class to explain. Default: in each window the predicted one.</summary>
    public ClassTarget Target { get; init; } = ClassTarget.Predicted;

    /// <summary>Whether each window keeps its whole map. Default false.</summary>
    public bool KeepsMaps { get; init; }
}
