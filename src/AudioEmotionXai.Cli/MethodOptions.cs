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

    public AttributionMethod Read(ParseResult parsed)
    {
        KeyValuePair<string, string>[] settings = [.. (parsed.GetValue(_set) ?? []).Select(Split)];
        string id = parsed.GetRequiredValue(_method);
        ThrowIfUnknown(id, settings.Select(setting => setting.Key));
        return AttributionMethods.Create(id, settings);
    }

    /// <summary>The files that a method's options name, such as segments.</summary>
    public static IEnumerable<string> FilesOf(AttributionMethod method) =>
        AttributionMethods.All.FirstOrDefault(each => each.Default.GetType() == method.GetType())?.Options
            .Select(option => option.ValueIn(method))
            .Where(File.Exists) ?? [];

    /// <summary>Refuses a method or an option that there is not, and names the one that was probably meant.</summary>
    public static void ThrowIfUnknown(string id, IEnumerable<string> options)
    {
        MethodDescription method =
            AttributionMethods.All.FirstOrDefault(each => each.Id == id)
            ?? throw new UsageException(
                $"There is no method '{id}'{UnknownWords.Hint(id, AttributionMethods.All.Select(each => each.Id))} The methods are "
                    + $"{string.Join(", ", AttributionMethods.All.Select(each => each.Id))}.");
        string[] known = [.. method.Options.Select(option => option.Name)];
        if (options.FirstOrDefault(option => !known.Contains(option)) is { } unknown)
            throw new UsageException(
                $"The method '{id}' has no option '{unknown}'{UnknownWords.Hint(unknown, known)} "
                    + (known.Length == 0 ? "It has none." : $"Its options are {string.Join(", ", known)}."));
    }

    private static KeyValuePair<string, string> Split(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new KeyValuePair<string, string>(setting[..equals], setting[(equals + 1)..])
            : throw new UsageException($"--set takes KEY=VALUE, not '{setting}'.");
    }
}
