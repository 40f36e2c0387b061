using System.CommandLine;

namespace AudioEmotionXai.Cli;

/// <summary>What was typed does not make sense, whatever the files hold.</summary>
internal sealed class UsageException(string message, Exception? reason = null) : Exception(message, reason)
{
    /// <summary>Does what depends on the typed words alone: its <see cref="ArgumentException"/> is the user's to mend.</summary>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException reason)
        {
            throw new UsageException(Failures.MessageOf(reason), reason);
        }
    }

    /// <inheritdoc cref="Guard{T}(Func{T})"/>
    public static void Guard(Action check) => Guard<object?>(() =>
    {
        check();
        return null;
    });

    /// <summary>The same for values of a command's options: the message names the option as it is typed.</summary>
    public static T Guard<T>(ParseResult parsed, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException reason)
        {
            string message = Failures.MessageOf(reason);
            string? option = reason.ParamName is { } name ? OptionFor(name, parsed) : null;
            if (option is not null)
                message = message.Replace(reason.ParamName!, option, StringComparison.Ordinal);
            throw new UsageException(message, reason);
        }
    }

    /// <summary>The option that a property is set by: the longest whose words its name begins with (BatchSize, --batch).</summary>
    private static string? OptionFor(string property, ParseResult parsed) =>
        parsed.RootCommandResult.Command.Options.Concat(parsed.CommandResult.Command.Options)
            .Select(option => option.Name)
            .Where(option => property.StartsWith(option.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            .MaxBy(option => option.Length);
}
