namespace AudioEmotionXai;

/// <summary>How sessions are made.</summary>
/// <param name="Provider">Where the graph runs.</param>
/// <param name="Threads">The threads of one run; 0 leaves it to the runtime, which takes one per core.</param>
internal sealed record SessionSettings(ExecutionProvider Provider, int Threads);
