namespace AudioEmotionXai;

/// <summary>How sessions are made.</summary>
/// <param name="Provider">Where the graph runs.</param>
/// <param name="Threads">The threads of one run; 0 leaves it to the runtime, which takes one per core.</param>
/// <param name="Device">The number of the CUDA device.</param>
/// <param name="Weights">Where sessions share their weights; null where each has its own.</param>
internal sealed record SessionSettings(ExecutionProvider Provider, int Threads, int Device = 0, SharedWeights? Weights = null);
