namespace OnnxRuntimeFeed;

/// <summary>The feed cannot be filled; the message says what was tried, what is missing and what to do.</summary>
internal sealed class FeedException(string message) : Exception(message);
