namespace AudioEmotionXai.Cli;

/// <summary>Where one run of the tool writes, and what can stop it.</summary>
/// <param name="Out">Results: text for people, or JSON.</param>
/// <param name="Error">Messages and progress.</param>
/// <param name="IsTerminal">Whether someone watches <paramref name="Error"/>: then progress is a bar, else plain lines.</param>
/// <param name="Cancellation">Ctrl-C.</param>
internal sealed record Session(TextWriter Out, TextWriter Error, bool IsTerminal, CancellationToken Cancellation);
