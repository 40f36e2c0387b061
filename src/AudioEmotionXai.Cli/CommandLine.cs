using System.CommandLine;
using System.CommandLine.Parsing;

namespace AudioEmotionXai.Cli;

/// <summary>The whole command line: parses, runs, and turns whatever happens into an exit code.</summary>
internal static class CommandLine
{
    public static int Run(IReadOnlyList<string> arguments, Session session)
    {
        session = session.Plain();
        // A file's name may begin with @, and must not bring options with it
        ParseResult parsed = Build(session).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string[] wrong = [.. UnknownWords.In(parsed), .. Errors(parsed)];
        if (wrong.Length > 0)
            return Refuse(parsed, wrong, session);
        try
        {
            return parsed.Invoke(
                new InvocationConfiguration
                {
                    Output = session.Out,
                    Error = session.Error,
                    EnableDefaultExceptionHandler = false,
                }
            );
        }
        catch (Exception failure)
        {
            return Failures.Report(failure, session.Error);
        }
    }

    private static RootCommand Build(Session session)
    {
        GlobalOptions globals = new();
        RootCommand root = new("Shows which parts of a recording a neural network listened to. Works on ONNX models; needs no Python.");
        globals.AddTo(root);
        root.Add(PredictCommand.Create(globals, session));
        root.Add(ExplainCommand.Create(globals, session));
        root.Add(ReportCommand.Create(globals, session));
        root.Add(VerifyCommand.Create(globals, session));
        root.Add(ListenCommand.Create(globals, session));
        root.Add(TimelineCommand.Create(globals, session));
        root.Add(CompileCommand.Create(globals, session));
        root.Add(ExportCommand.Create(globals, session));
        root.Add(InspectCommand.Create(globals, session));
        root.Add(AttachCommand.Create(globals, session));
        root.Add(MelCommand.Create(globals, session));
        root.Add(MethodsCommand.Create(globals, session));
        return root;
    }

    /// <summary>What the parser says, but for words that <see cref="UnknownWords"/> tells about.</summary>
    private static IEnumerable<string> Errors(ParseResult parsed) =>
        parsed.Errors.Select(error => error.Message)
            .Where(message => !parsed.UnmatchedTokens.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal)));

    private static int Refuse(ParseResult parsed, IEnumerable<string> wrong, Session session)
    {
        foreach (string message in wrong.Distinct())
            Failures.Report(new UsageException(message), session.Error);
        session.Error.WriteLine($"Try: aexai {PathOf(parsed.CommandResult)}--help");
        return ExitCode.WrongUsage;
    }

    private static string PathOf(CommandResult command) => command.Parent is null ? "" : $"{command.Command.Name} ";
}
