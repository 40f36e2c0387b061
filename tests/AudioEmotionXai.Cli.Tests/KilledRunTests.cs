using System.Diagnostics;

namespace AudioEmotionXai.Cli.Tests;

/// <summary>The tool as a process of its own that is killed, not asked to stop.</summary>
public sealed class KilledRunTests
{
    private const int Clips = 120;

    [Test]
    public void AVerificationThatWasKilledGoesOnWhereItWasAndGivesTheSameTables()
    {
        using TemporaryFolder folder = new();
        string model = folder.PathOf("tiny.onnx"), input = folder.PathOf("clips.npy"), killed = folder.PathOf("killed"), undisturbed = folder.PathOf("undisturbed");
        TinyModels.Image().Save(model);
        NpyFile.Write(input, TinyModels.ImageInput(Clips));
        string[] arguments = ["verify", input, "--model", model, "--methods", "gradcam,silence", "--draws", "20", "--batch", "2", "--metrics", "0", "--sanity", "0", "--out"];

        string[] survivors = KillAfterParts([.. arguments, killed], Path.Combine(killed, "parts"), 3);
        Assert.That(survivors, Has.Length.InRange(3, (Clips / 2) - 1), "it was killed in the middle");
        Assert.That(File.Exists(Path.Combine(killed, "summary.json")), Is.False);
        DateTime[] written = Array.ConvertAll(survivors, File.GetLastWriteTimeUtc);

        Assert.That(CliRun.Of([.. arguments, killed]).Code, Is.Zero);
        Assert.That(CliRun.Of([.. arguments, undisturbed]).Code, Is.Zero);
        Assert.That(Array.ConvertAll(survivors, File.GetLastWriteTimeUtc), Is.EqualTo(written), "what was done is not done again");
        foreach (string file in new[] { "results.csv", "summary.json", "drops.npz" })
            Assert.That(File.ReadAllBytes(Path.Combine(killed, file)), Is.EqualTo(File.ReadAllBytes(Path.Combine(undisturbed, file))), file);
    }

    private static string[] KillAfterParts(string[] arguments, string parts, int count)
    {
        string tool = typeof(AudioEmotionXai.Cli.CommandLine).Assembly.Location;
        ProcessStartInfo start = new("dotnet", [tool, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        while (!process.HasExited && Finished(parts).Length < count)
            Thread.Sleep(1);
        process.Kill();
        process.WaitForExit();
        return Finished(parts);
    }

    private static string[] Finished(string parts) => Directory.Exists(parts) ? Directory.GetFiles(parts, "*.npz") : [];
}
