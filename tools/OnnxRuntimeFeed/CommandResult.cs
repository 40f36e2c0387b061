namespace OnnxRuntimeFeed;

/// <summary>How a program ended, and all it printed.</summary>
internal sealed record CommandResult(int ExitCode, string Output);
