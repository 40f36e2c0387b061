namespace AudioEmotionXai.Reporting;

/// <summary>A stretch of time with a text, as label tracks and subtitles have them.</summary>
/// <param name="Start">Where it begins, in seconds.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Text">What it says; tabs and line ends become blanks when it is written.</param>
public sealed record TimeLabel(double Start, double End, string Text);
