using System.Text.Json;

namespace AudioEmotionXai.Cli.Tests;

/// <summary>One run of the tool within the test's process.</summary>
internal sealed record CliRun(int Code, string Out, string Error)
{
    /// <summary>Standard output, which must be JSON and nothing else.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public static CliRun Of(params string[] arguments) => Of(CancellationToken.None, arguments);

    public static CliRun Of(CancellationToken cancellation, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Run(arguments, new Session(output, error, IsTerminal: false, cancellation));
        return new CliRun(code, output.ToString(), error.ToString());
    }
}
