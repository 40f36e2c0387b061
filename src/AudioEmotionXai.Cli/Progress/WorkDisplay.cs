namespace AudioEmotionXai.Cli;

/// <summary>Picks how progress is shown: a bar for people, plain lines for files and scripts.</summary>
internal static class WorkDisplay
{
    public static IWorkDisplay For(Session session) => session.IsTerminal ? new BarDisplay(session.Error) : new LineDisplay(session.Error);
}
