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
}
