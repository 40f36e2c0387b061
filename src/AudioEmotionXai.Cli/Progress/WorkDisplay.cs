namespace AudioEmotionXai.Cli;

/// <summary>Picks how progress is shown: a bar for people, plain lines for files and scripts.</summary>
internal static class WorkDisplay
{
    public static IWorkDisplay For(Session session) =>
        session.IsTerminal && Environment.GetEnvironmentVariable("TERM") != "dumb"
            ? new BarDisplay(session.Terminal)
            : new LineDisplay(session.Error);
}
