using System.Runtime.InteropServices;
using System.Text.Json;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>
/// The project under <c>tests/Consumers</c>, copied out of the repository: it knows the packed files, the machine's package sources and
/// nothing else. Its packages are unpacked into a folder of its own; what the solution's restore has unpacked already is not fetched again.
/// </summary>
internal sealed class ReadmeConsumer : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReadmeConsumer()
    {
        string source = Repository.PathOf("tests", "Consumers");
        File.Copy(Path.Combine(source, "ReadmeConsumer", "ReadmeConsumer.csproj"), _folder.PathOf("ReadmeConsumer.csproj"));
        File.Copy(Path.Combine(source, "Newest.props"), _folder.PathOf("Newest.props"));
        File.WriteAllText(_folder.PathOf("NuGet.config"), $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="cache" />
              </config>
              <fallbackPackageFolders>
                <add key="solution" value="{Repository.PackageRoot}" />
              </fallbackPackageFolders>
              <packageSources>
                <add key="packed" value="{PackedFiles.Folder}" />
              </packageSources>
            </configuration>
            """);
        string models = Repository.PathOf("models");
        Directory.CreateDirectory(_folder.PathOf("run"));
        File.CreateSymbolicLink(_folder.PathOf("run", "audio_resnet_nemo.onnx"), Path.Combine(models, "audio_resnet_nemo.onnx"));
        File.WriteAllBytes(_folder.PathOf("run", "clip.wav"), Tone.Wav());
        File.CreateSymbolicLink(_folder.PathOf("run", "spectrograms.npy"), Path.Combine(models, "samples", "spectrograms.npy"));
    }

    /// <summary>The folder that programs run in: the bundled model and its samples lie there.</summary>
    public string RunFolder => _folder.PathOf("run");

    /// <summary>Where a restored package was unpacked to, or null where the consumer's own cache does not have it.</summary>
    public string? Unpacked(string id) => Directory.Exists(_folder.PathOf("cache", id, PackedFiles.Version)) ? _folder.PathOf("cache", id, PackedFiles.Version) : null;

    /// <summary>What the last program was built with, as "name/version".</summary>
    public string[] Libraries
    {
        get
        {
            using JsonDocument built = JsonDocument.Parse(File.ReadAllText(_folder.PathOf("bin", "Release", "net10.0", "ReadmeConsumer.deps.json")));
            return [.. built.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name)];
        }
    }

    /// <summary>Compiles a program and runs it; its output.</summary>
    /// <param name="program">Its text.</param>
    /// <param name="newest">Whether to take the newest of every dependency, rather than the lowest that the packages allow.</param>
    public string Run(string program, bool newest = false)
    {
        Make(program, "build", "-v", "quiet", $"-p:Newest={newest}");
        return CommandRun.Dotnet(RunFolder, _folder.PathOf("bin", "Release", "net10.0", "ReadmeConsumer.dll")).Expect($"running\n{program}");
    }

    /// <summary>Compiles a program to machine code and runs that; what the compiler said, and the program's output.</summary>
    public (string Said, string Output) RunNative(string program)
    {
        string said = Make(program, "publish", "-r", RuntimeInformation.RuntimeIdentifier, "-o", _folder.PathOf("native"), "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-p:TreatWarningsAsErrors=false");
        return (said, CommandRun.Of(_folder.PathOf("native", "ReadmeConsumer"), RunFolder).Expect($"running natively\n{program}"));
    }

    private string Make(string program, string verb, params string[] arguments)
    {
        File.WriteAllText(_folder.PathOf("Program.cs"), program);
        string[] versions = [$"-p:AudioEmotionXaiVersion={PackedFiles.Version}", $"-p:OnnxRuntimeVersion={Repository.OnnxRuntimeVersion}"];
        return CommandRun.Dotnet(_folder.Path, [verb, "-c", "Release", "-nologo", .. arguments, .. versions]).Expect($"{verb}\n{program}");
    }

    public void Dispose() => _folder.Dispose();
}
