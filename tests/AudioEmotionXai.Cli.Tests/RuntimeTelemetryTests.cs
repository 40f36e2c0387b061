using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AudioEmotionXai.Cli.Tests;

/// <summary>The runtime's telemetry is off: nothing is written but what was asked for, and nobody is called.</summary>
[Platform("Linux")]
public sealed class RuntimeTelemetryTests
{
    [TestCase("explain", "--method", "lime", "--set", "samples=50", "--json")]
    [TestCase("predict")]
    public void NothingIsLeftInHomeOrTemporaryFolder(string command, params string[] options)
    {
        using TemporaryFolder folder = new();
        (string home, string temporary) = Folders(folder);
        Assert.That(Run(folder, "dotnet", [Tool, command, Input(folder), "--model", Model(folder), .. options]), Is.Zero);
        Assert.That(Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(temporary, "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void NobodyIsCalledAndNothingOfTelemetryIsOpened()
    {
        if (!File.Exists("/usr/bin/strace"))
            Assert.Ignore("needs strace");
        using TemporaryFolder folder = new();
        Folders(folder);
        string trace = folder.PathOf("trace");
        string[] strace = ["-f", "-o", trace, "-e", "trace=socket,connect,sendto,open,openat,mkdir,mkdirat"];
        Assert.That(Run(folder, "strace", [.. strace, "dotnet", Tool, "explain", Input(folder), "--model", Model(folder), "--method", "gradient", "--json"]), Is.Zero);
        string[] calls = File.ReadAllLines(trace);
        Assert.That(calls, Has.Some.Contains("libonnxruntime"), "the trace saw the runtime");
        string[] wrong = [.. calls.Where(call => Regex.IsMatch(call, @"AF_INET|mat-debug|\.ses""|deviceid|\.onnxruntime|DeveloperTools|resolv\.conf"))];
        Assert.That(wrong, Is.Empty);
    }

    private static string Tool => typeof(CommandLine).Assembly.Location;

    private static (string Home, string Temporary) Folders(TemporaryFolder folder) =>
        (Directory.CreateDirectory(folder.PathOf("home")).FullName, Directory.CreateDirectory(folder.PathOf("tmp")).FullName);

    private static string Model(TemporaryFolder folder)
    {
        string path = folder.PathOf("tiny.onnx");
        TinyModels.Image().Save(path);
        return path;
    }

    private static string Input(TemporaryFolder folder)
    {
        string path = folder.PathOf("clip.npy");
        NpyFile.Write(path, TinyModels.ImageInput(1));
        return path;
    }

    private static int Run(TemporaryFolder folder, string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["HOME"] = folder.PathOf("home");
        start.Environment["TMPDIR"] = folder.PathOf("tmp");
        start.Environment.Remove("XDG_CACHE_HOME");
        start.Environment.Remove("ORT_DISABLE_TELEMETRY");
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => TestContext.Out.WriteLine(line.Data);
        process.BeginErrorReadLine();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
