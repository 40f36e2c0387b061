namespace AudioEmotionXai.Reporting;

/// <summary>How much of a recording is done.</summary>
/// <param name="SecondsDone">The end of the last window that is done.</param>
/// <param name="SecondsTotal">The recording's length; null where it is known only at the end.</param>
public readonly record struct RecordingProgress(double SecondsDone, double? SecondsTotal);
