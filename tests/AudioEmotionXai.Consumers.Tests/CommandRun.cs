using System.Diagnostics;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>A program that was run to its end.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    public static CommandRun Dotnet(string folder, params string[] arguments) => Of("dotnet", folder, arguments);

    /// <summary>Runs a program in a folder; what builds leave in the environment is not handed on.</summary>
    public static CommandRun Of(string program, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {s_patience}.");
        }

        return new CommandRun(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The output of a run that must have ended well.</summary>
    public string Expect(string what)
    {
        Assert.That(Code, Is.Zero, $"{what}:\n{Output}{Error}");
        return Output;
    }
}
