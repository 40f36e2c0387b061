namespace AudioEmotionXai.Cli;

/// <summary>How far some work is.</summary>
/// <param name="Stage">What is being done, in a few words.</param>
/// <param name="Done">Steps of this stage done.</param>
/// <param name="Total">All steps of this stage, at least 1.</param>
internal readonly record struct WorkStep(string Stage, int Done, int Total);
