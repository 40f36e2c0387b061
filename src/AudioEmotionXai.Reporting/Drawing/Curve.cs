namespace AudioEmotionXai.Reporting;

/// <summary>A line of a curve chart: the values at x evenly spaced from 0 to 1.</summary>
/// <param name="Name">The series' name in the legend.</param>
/// <param name="Values">At least two values.</param>
internal sealed record Curve(string Name, IReadOnlyList<double> Values);
