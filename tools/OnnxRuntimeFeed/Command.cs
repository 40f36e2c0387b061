using System.ComponentModel;
using System.Diagnostics;

namespace OnnxRuntimeFeed;

/// <summary>Runs dotnet and npm and keeps what they print.</summary>
internal static class Command
{
    public static CommandResult Dotnet(string folder, params string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        return Run(folder, host, arguments) ?? new CommandResult(-1, "dotnet was not found on the path.");
    }

    /// <summary>Null when npm is not there.</summary>
    public static CommandResult? Npm(string folder, params string[] arguments) =>
        OperatingSystem.IsWindows() ? NpmThroughShell(folder, arguments) : Run(folder, "npm", arguments);

    /// <summary>On Windows npm is a script, which only the shell starts; the shell answers 9009 for an unknown name.</summary>
    private static CommandResult? NpmThroughShell(string folder, string[] arguments)
    {
        CommandResult? result = Run(folder, "cmd.exe", ["/d", "/c", "npm", .. arguments]);
        return result is { ExitCode: 9009 } ? null : result;
    }

    private static CommandResult? Run(string folder, string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // An inner build must not take over the outer build's settings.
        foreach (string name in (string[])["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath"])
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new CommandResult(process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
