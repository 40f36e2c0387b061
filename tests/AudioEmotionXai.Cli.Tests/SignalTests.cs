using System.Diagnostics;

namespace AudioEmotionXai.Cli.Tests;

/// <summary>The tool as a process of its own that is asked to end.</summary>
[Platform("Linux")]
public sealed class SignalTests
{
    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    [TestCase("HUP", 129)]
    public void AProcessThatIsAskedToEndDoesAndLeavesNothingHalfWritten(string signal, int code)
    {
        using TemporaryFolder folder = new();
        string model = folder.PathOf("tiny.onnx"), input = folder.PathOf("clips.npy"), temporary = folder.PathOf("tmp"), home = folder.PathOf("home"), results = folder.PathOf("results");
        Directory.CreateDirectory(temporary);
        Directory.CreateDirectory(home);
        TinyModels.Image().Save(model);
        NpyFile.Write(input, TinyModels.ImageInput(400));
        string tool = typeof(AudioEmotionXai.Cli.CommandLine).Assembly.Location;
        // Whoever runs the tests in the background may have them ignore Ctrl-C, and the tool would, too
        ProcessStartInfo start = new("env", ["--default-signal", "dotnet", tool, "verify", input, "--model", model, "--methods", "gradcam,silence", "--draws", "40", "--batch", "2", "--metrics", "0", "--sanity", "0", "--out", results])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TMPDIR"] = temporary;
        start.Environment["HOME"] = home;
        start.Environment["ORT_DISABLE_TELEMETRY"] = "1";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        string parts = Path.Combine(results, "parts");
        while (!process.HasExited && (!Directory.Exists(parts) || Directory.GetFiles(parts, "*.npz").Length == 0))
            Thread.Sleep(5);
        using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            kill.WaitForExit();
        Assert.That(process.WaitForExit(TimeSpan.FromSeconds(20)), "it ends soon");
        Assert.That((process.ExitCode, output.Result), Is.EqualTo((code, "")), error.Result);
        Assert.That(error.Result, Does.Contain("aexai: cancelled"));
        Assert.That(Directory.GetFileSystemEntries(temporary), Is.Empty, "temporary files");
        Assert.That(Directory.EnumerateFiles(folder.PathOf("."), "*.tmp", SearchOption.AllDirectories), Is.Empty, "half-written files");
        Assert.That(Directory.GetFileSystemEntries(results).Select(Path.GetFileName), Is.EqualTo(new[] { "parts" }), "finished batches only");
    }
}
