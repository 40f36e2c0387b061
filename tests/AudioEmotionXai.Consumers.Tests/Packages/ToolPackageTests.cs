using System.Text.Json;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>The tool as its package installs it, far from the repository: its model is found.</summary>
public sealed class ToolPackageTests
{
    [Test]
    public void TheInstalledToolExplainsABundledSample()
    {
        using TemporaryFolder folder = new();
        string tools = folder.PathOf("tools"), map = folder.PathOf("map.npy");
        CommandRun.Dotnet(folder.Path, "tool", "install", "AudioEmotionXai.Tool", "--tool-path", tools, "--add-source", PackedFiles.Folder, "--version", PackedFiles.Version).Expect("installing");
        string sample = Directory.EnumerateFiles(tools, "spectrograms.npy", SearchOption.AllDirectories).First();
        string output = CommandRun.Of(Path.Combine(tools, "aexai"), folder.Path, "explain", sample, "--index", "0", "--method", "gradcam", "--json", "--out", map).Expect("aexai explain");
        using JsonDocument answer = JsonDocument.Parse(output);
        Assert.That(answer.RootElement.GetProperty("items")[0].GetProperty("prediction").GetProperty("label").GetString(), Is.EqualTo("anger"));
        Assert.That(new FileInfo(map).Length, Is.EqualTo(128 + (4 * 128 * 141)), "a map of the sample's size, as float32 behind NumPy's header");
    }
}
