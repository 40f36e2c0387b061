using System.CommandLine;

namespace AudioEmotionXai.Cli;

/// <summary><c>--method ID</c> and <c>--set key=value</c>, for every command that works with one method.</summary>
internal sealed class MethodOptions
{
    private readonly Option<string> _method = new("--method")
    {
        Description = "The method; 'aexai methods' lists them",
        HelpName = "ID",
        Required = true,
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Sets an option of the method; may be given several times",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_method);
        command.Options.Add(_set);
    }

    public AttributionMethod Read(ParseResult parsed) =>
        AttributionMethods.Create(parsed.GetRequiredValue(_method), (parsed.GetValue(_set) ?? []).Select(Split));

    private static KeyValuePair<string, string> Split(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new KeyValuePair<string, string>(setting[..equals], setting[(equals + 1)..])
            : throw new UsageException($"--set takes KEY=VALUE, not '{setting}'.");
    }
}
