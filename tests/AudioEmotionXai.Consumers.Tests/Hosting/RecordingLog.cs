using Microsoft.Extensions.Logging;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>A log that can be read afterwards.</summary>
internal sealed class RecordingLog : ILoggerFactory, ILogger
{
    public List<(LogLevel Level, int Id, string Text)> Entries { get; } = [];

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("takes no provider");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Add((logLevel, eventId.Id, formatter(state, exception)));

    public void Dispose()
    {
    }
}
