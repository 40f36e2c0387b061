namespace AudioEmotionXai.Benchmarks;

/// <summary>One row of the quick table.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Work">One call.</param>
/// <param name="Aim">The aim: a ratio to the first case of its group, or milliseconds.</param>
internal sealed record QuickCase(string Name, Action Work, double? Aim = null);
