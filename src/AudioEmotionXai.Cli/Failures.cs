using System.Globalization;
using System.Text.RegularExpressions;

namespace AudioEmotionXai.Cli;

/// <summary>The one place where exceptions become exit codes and messages.</summary>
internal static partial class Failures
{
    /// <summary>A message is for reading: what files and models say at length is cut off.</summary>
    private const int LongestMessage = 2000;

    public static int Report(Exception failure, TextWriter error)
    {
        int code = CodeOf(failure);
        error.WriteLine(code switch
        {
            ExitCode.Cancelled => "aexai: cancelled",
            ExitCode.Defect => Shorten($"aexai: this is a defect of the tool, please report it: {failure}", 10 * LongestMessage),
            _ => Shorten($"aexai: {MessageOf(failure)}", LongestMessage),
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

    /// <summary>The message in one line, without the name of the parameter, which means nothing to a user of the tool.</summary>
    public static string MessageOf(Exception failure)
    {
        string message = Parameter().Replace(failure.Message, "");
        if (failure is ArgumentOutOfRangeException { ActualValue: { } value, ParamName: { } name }
            && !message.Contains(name, StringComparison.Ordinal))
            message = string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: {message.Split('\n')[0]}");
        return LineEnd().Replace(message, " ");
    }

    private static string Shorten(string text, int length) =>
        text.Length <= length
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, length)} ... ({text.Length - length} more characters)");

    [GeneratedRegex(@" \(Parameter '[^']*'\)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"[\r\n]+\s*")]
    private static partial Regex LineEnd();
}
