namespace AudioEmotionXai.Cli;

/// <summary>The one place where exceptions become exit codes and messages.</summary>
internal static class Failures
{
    public static int Report(Exception failure, TextWriter error)
    {
        int code = CodeOf(failure);
        error.WriteLine(code switch
        {
            ExitCode.Cancelled => "aexai: cancelled",
            ExitCode.Defect => $"aexai: this is a defect of the tool, please report it: {failure}",
            _ => $"aexai: {MessageOf(failure)}",
        });
        return code;
    }

    private static int CodeOf(Exception failure) => failure switch
    {
        OperationCanceledException => ExitCode.Cancelled,
        UsageException or MethodOptionException => ExitCode.WrongUsage,
        DeviceNotAvailableException => ExitCode.NoDevice,
        FormatException or NotSupportedException or ArgumentException or IOException or UnauthorizedAccessException => ExitCode.BadInput,
        _ => ExitCode.Defect,
    };

    /// <summary>The message without the name of the parameter, which means nothing to a user of the tool.</summary>
    public static string MessageOf(Exception failure) =>
        failure is ArgumentException { ParamName: { } parameter }
            ? failure.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal)
            : failure.Message;
}
