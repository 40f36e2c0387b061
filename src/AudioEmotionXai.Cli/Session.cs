namespace AudioEmotionXai.Cli;

/// <summary>Where one run of the tool writes, and what can stop it.</summary>
/// <param name="Out">Results: text for people, or JSON.</param>
/// <param name="Error">Messages and progress.</param>
/// <param name="IsTerminal">Whether someone watches <paramref name="Error"/>: then progress is a bar, else plain lines.</param>
/// <param name="Cancellation">Ctrl-C, and requests to end.</param>
internal sealed record Session(TextWriter Out, TextWriter Error, bool IsTerminal, CancellationToken Cancellation)
{
    /// <summary>Where progress bars are drawn, with a terminal's own codes.</summary>
    public TextWriter Terminal { get; private init; } = Error;

    /// <summary>The same, where everything else is written without such codes.</summary>
    public Session Plain() => this with { Out = new PlainWriter(Out), Error = new PlainWriter(Error), Terminal = Error };

    /// <summary>Says something that the user should know, but that stops nothing.</summary>
    public void Warn(string text) => Error.WriteLine($"warning: {text}");
}
